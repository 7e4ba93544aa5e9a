//! The settings file (TOML). A key that does not exist is refused with the one that was probably meant: a setting that is silently
//! ignored is found out on the worst day.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use keqiao_base::Refusal;
use toml::{Table, Value};

use super::{Told, invalid};

const KEYS: [&str; 19] = [
    "data",
    "database",
    "database_file",
    "listen",
    "site",
    "secure_cookies",
    "behind_proxy",
    "workers",
    "log",
    "log_format",
    "metrics_key_file",
    "provider_issuer",
    "provider_client",
    "provider_secret_file",
    "provider_title",
    "search_model",
    "search_address",
    "search_address_model",
    "search_secret_file",
];

/// Reads a settings file.
///
/// # Errors
/// When it cannot be read, is no TOML, or holds a key or value that makes no sense.
pub fn read(path: &Path) -> Result<Told, Refusal> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| {
        invalid(
            "settings.file",
            format!("设置文件“{shown}”无法读取：{e}"),
            format!("cannot read the settings in {shown}: {e}"),
        )
    })?;
    parse(&text, path)
}

fn parse(text: &str, path: &Path) -> Result<Told, Refusal> {
    let table: Table = text.parse().map_err(|e: toml::de::Error| {
        let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].lines().count().max(1));
        let (file, why) = (path.display(), e.message());
        invalid(
            "settings.file",
            format!("设置文件“{file}”第 {line} 行不是正确的 TOML：{why}"),
            format!("{file}, line {line}, is not TOML: {why}"),
        )
    })?;
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(unknown(key, path));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    // A path in the file is meant from where the file stands.
    let place = |key| Ok(string(&table, key)?.map(|p| folder.join(PathBuf::from(p))));
    Ok(Told {
        data: place("data")?,
        database: string(&table, "database")?,
        database_file: place("database_file")?,
        listen: parsed(&table, "listen", "127.0.0.1:8080")?,
        site: string(&table, "site")?,
        secure_cookies: truth(&table, "secure_cookies")?,
        behind_proxy: truth(&table, "behind_proxy")?,
        workers: number(&table, "workers")?,
        log: string(&table, "log")?,
        log_format: parsed(&table, "log_format", "text, json")?,
        metrics_key_file: place("metrics_key_file")?,
        provider_issuer: string(&table, "provider_issuer")?,
        provider_client: string(&table, "provider_client")?,
        provider_secret_file: place("provider_secret_file")?,
        provider_title: string(&table, "provider_title")?,
        search_model: string(&table, "search_model")?.map(|m| if m == "none" { m } else { beside(folder, &m) }),
        search_address: string(&table, "search_address")?,
        search_address_model: string(&table, "search_address_model")?,
        search_secret_file: place("search_secret_file")?,
    })
}

fn beside(folder: &Path, path: &str) -> String {
    folder.join(path).display().to_string()
}

/// A secret that stands alone in a file: its first line.
pub(super) fn secret(path: &Path) -> Result<String, Refusal> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| {
        invalid("settings.secret", format!("“{shown}”无法读取：{e}"), format!("cannot read {shown}: {e}"))
    })?;
    match text.lines().next().map(str::trim) {
        Some(line) if !line.is_empty() => Ok(line.to_owned()),
        _ => Err(invalid("settings.secret", format!("“{shown}”是空的。"), format!("{shown} is empty."))),
    }
}

fn unknown(key: &str, path: &Path) -> Refusal {
    let near = KEYS.iter().max_by_key(|k| similarity(k, key)).filter(|k| similarity(k, key) >= 600);
    let (zh, en) = match near {
        Some(near) => (format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
        None => (format!("可用的有：{}。", KEYS.join("、")), format!("known are {}.", KEYS.join(", "))),
    };
    let file = path.display();
    invalid(
        "settings.unknown",
        format!("设置文件“{file}”中没有“{key}”这一项，{zh}"),
        format!("{file}: there is no setting `{key}`; {en}"),
    )
}

/// In thousandths.
fn similarity(a: &str, b: &str) -> usize {
    let longest = a.chars().count().max(b.chars().count()).max(1);
    (longest - strsim::osa_distance(a, b).min(longest)) * 1000 / longest
}

fn wrong(key: &str, wanted: &str, value: &dyn Display) -> Refusal {
    invalid(
        "settings.value",
        format!("设置 {key} 的值 {value} 不对，例：{wanted}。"),
        format!("The value {value} of `{key}` does not fit; for example: {wanted}."),
    )
}

fn string(table: &Table, key: &str) -> Result<Option<String>, Refusal> {
    match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
        // The value is not repeated: it may be a password without its quotes.
        Some(_) => Err(wrong(key, "\"…\"", &"")),
    }
}

fn truth(table: &Table, key: &str) -> Result<Option<bool>, Refusal> {
    table.get(key).map(|v| v.as_bool().ok_or_else(|| wrong(key, "true, false", v))).transpose()
}

fn number(table: &Table, key: &str) -> Result<Option<u16>, Refusal> {
    let fits = |v: &Value| v.as_integer().and_then(|n| u16::try_from(n).ok()).filter(|n| (1..=256).contains(n));
    table.get(key).map(|v| fits(v).ok_or_else(|| wrong(key, "2", v))).transpose()
}

fn parsed<T: FromStr>(table: &Table, key: &str, wanted: &str) -> Result<Option<T>, Refusal> {
    let text = string(table, key)?;
    text.map(|t| t.parse().map_err(|_| wrong(key, wanted, &t))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Told, Refusal> {
        super::parse(text, Path::new("/etc/keqiao/keqiao.toml"))
    }

    #[test]
    fn the_example_file_of_the_packages_is_understood() {
        let example = include_str!("../../../../packaging/keqiao.toml");
        assert_eq!(parse(example).unwrap(), Told::default(), "every setting of the example is commented out");
        // Uncommented, every line must still be understood: `#key = value` without a blank after the sign is a setting.
        let said: String = example
            .lines()
            .filter_map(|l| l.strip_prefix('#'))
            .filter(|l| !l.starts_with(' '))
            .fold(String::new(), |text, line| text + line + "\n");
        let keys = KEYS.iter().filter(|key| said.lines().any(|l| l.starts_with(&format!("{key} = "))));
        assert_eq!(keys.count(), KEYS.len(), "{said}");
        parse(&said).unwrap();
    }

    #[test]
    fn a_slip_of_the_pen_is_refused_with_what_was_meant() {
        let refusal = parse("lissten = \"0.0.0.0:80\"").unwrap_err();
        assert_eq!(refusal.code, "settings.unknown");
        assert!(refusal.message.en.contains("did you mean `listen`"), "{}", refusal.message.en);
        assert!(parse("colour = 1").unwrap_err().message.en.contains("known are data"));
    }

    #[test]
    fn values_that_do_not_fit_are_refused() {
        for text in
            ["workers = 0", "workers = \"2\"", "listen = \"8080\"", "secure_cookies = 1", "log_format = \"xml\""]
        {
            assert_eq!(parse(text).unwrap_err().code, "settings.value", "{text}");
        }
        assert_eq!(parse("log = ").unwrap_err().code, "settings.file");
        assert!(!parse("database = [\"postgres://u:geheim@h/n\"]").unwrap_err().message.en.contains("geheim"));
    }

    #[test]
    fn paths_are_meant_from_the_file() {
        assert_eq!(parse("data = \"../var\"").unwrap().data, Some("/etc/keqiao/../var".into()));
    }
}
