//! The uniform credit code of organisations (统一社会信用代码, GB 32100-2015): 18 signs, the last one checks the others.

use keqiao_i18n::Bilingual;

use crate::folded;

const SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The code in capitals, or what is wrong with it.
pub fn credit_code(text: &str) -> Result<String, Bilingual> {
    let code: String =
        folded(text).chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_uppercase();
    let length = code.chars().count();
    if length != 18 {
        return Err(Bilingual::new(
            format!("统一社会信用代码应为18位，这里是{length}位。请对照营业执照或登记证书核对。"),
            format!("A credit code has 18 signs; this has {length}. Compare it with the certificate."),
        ));
    }
    if let Some(odd) = code.chars().find(|&c| !SIGNS.iter().any(|&s| char::from(s) == c)) {
        let meant = match odd {
            'I' => "1",
            'O' => "0",
            'Z' => "2",
            'S' => "5",
            _ => "",
        };
        let (zh, en) = match meant {
            "" => (String::new(), String::new()),
            digit => (format!("，可能是“{digit}”"), format!("; perhaps {digit} is meant")),
        };
        return Err(Bilingual::new(
            format!("统一社会信用代码中不会出现“{odd}”{zh}。请对照证书核对。"),
            format!("A credit code never holds {odd}{en}. Compare it with the certificate."),
        ));
    }
    match with_check_digit(&code[..17]) {
        Some(right) if right == code => Ok(code),
        _ => Err(Bilingual::new(
            "统一社会信用代码的校验位不符，至少有一位写错。请对照营业执照或登记证书核对。",
            "The check digit does not fit: at least one sign is wrong. Compare it with the certificate.",
        )),
    }
}

/// The first 17 signs with the check digit that belongs to them. `None` when a sign is not of the alphabet.
pub fn with_check_digit(first: &str) -> Option<String> {
    let mut weight = 1usize;
    let mut sum = 0usize;
    for sign in first.bytes() {
        sum += SIGNS.iter().position(|&s| s == sign)? * weight;
        weight = weight * 3 % 31;
    }
    Some(format!("{first}{}", char::from(SIGNS[(31 - sum % 31) % 31])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_sign_is_found_and_named() {
        // The example of the standard's own explanation: a widely printed code of a public company.
        assert_eq!(credit_code(" 91350100m000100y43").unwrap(), "91350100M000100Y43");
        assert!(credit_code("91350100M000100Y34").unwrap_err().zh.contains("校验位"));
        assert!(credit_code("9135O100M000100Y43").unwrap_err().zh.contains("可能是“0”"));
        assert!(credit_code("123").unwrap_err().zh.contains("3位"));
        for at in 0..17 {
            let mut signs = b"91350100M000100Y43".to_vec();
            signs[at] = if signs[at] == b'7' { b'8' } else { b'7' };
            assert!(credit_code(std::str::from_utf8(&signs).unwrap()).is_err(), "{at}");
        }
    }
}
