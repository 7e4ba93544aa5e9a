//! QR codes as SVG paths: drawn by the server, no picture service, no script.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// How many squares a side has with its quiet zone, and the path of the dark ones.
pub fn path(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string does not fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + 4, y + 4);
        }
    }
    Some((code.size() + 8, path))
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_enrolment_fits() {
        let (side, path) =
            super::path("otpauth://totp/Keqiao:lihua?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Keqiao").unwrap();
        assert!(side > 30 && path.starts_with("M4 4h1v1h-1z"));
    }
}
