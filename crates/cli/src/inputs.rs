//! Which files to read: arguments, folders walked in order, standard input.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use keqiao_i18n::{Bilingual, Lang};
use keqiao_proofread::{Checked, Job};
use walkdir::WalkDir;

/// Extensions that a walk picks up. A file named outright is read whatever its name.
const EXTENSIONS: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "shtml", "docx", "docm", "doc", "wps", "xlsx", "xlsm",
    "xlsb", "xls", "et", "ods", "pdf",
];

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// The name in the output.
    pub(crate) fn name(&self) -> String {
        match self {
            Input::File(path) => path.to_string_lossy().into_owned(),
            Input::Stdin => "-".into(),
        }
    }

    /// Its bytes, one more than allowed at most: whoever reads them can tell that there were too many.
    pub(crate) fn bytes(&self, bytes_max: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Input::File(path) => {
                let file = File::open(path)?;
                let size = file.metadata()?.len().min(bytes_max);
                bytes.reserve(usize::try_from(size).unwrap_or(0).saturating_add(1));
                file.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes)?;
            }
            Input::Stdin => {
                io::stdin().lock().take(bytes_max.saturating_add(1)).read_to_end(&mut bytes)?;
            }
        }
        Ok(bytes)
    }
}

/// Reads an input, understands it and, if the job says so, judges it.
pub(crate) fn check(input: &Input, job: &Job<'_>) -> Checked {
    Checked::new(input.name(), |bytes_max| input.bytes(bytes_max), job)
}

/// What the arguments name, and the folders in which nothing was found or that could not be walked.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// In order of the arguments; inside a folder by path.
    pub(crate) files: Vec<Input>,
    /// What to tell about folders.
    pub(crate) complaints: Vec<Bilingual>,
}

impl Inputs {
    /// Tells about folders on standard error.
    pub(crate) fn complain(&self, lang: Lang) {
        for complaint in &self.complaints {
            eprintln!("keqiao: {}", complaint.get(lang));
        }
    }
}

/// Collects the inputs.
pub(crate) fn collect(paths: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    for path in paths {
        if path.as_os_str() == "-" {
            if !inputs.files.contains(&Input::Stdin) {
                inputs.files.push(Input::Stdin);
            }
        } else if path.is_dir() {
            walk(path, &mut inputs);
        } else {
            inputs.files.push(Input::File(path.clone()));
        }
    }
    inputs
}

fn walk(folder: &Path, inputs: &mut Inputs) {
    let before = inputs.files.len();
    let visible =
        |name: &OsStr| !name.as_encoded_bytes().starts_with(b".") && !name.as_encoded_bytes().starts_with(b"~$");
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|e| e.depth() == 0 || visible(e.file_name())) {
        match entry {
            Ok(e) if e.file_type().is_file() && supported(e.path()) => inputs.files.push(Input::File(e.into_path())),
            Ok(_) => {}
            Err(e) => {
                inputs.complaints.push(Bilingual::new(format!("文件夹不能读取：{e}"), format!("cannot walk: {e}")))
            }
        }
    }
    if inputs.files.len() == before {
        inputs.complaints.push(Bilingual::new(
            format!("文件夹“{}”中没有可检查的文件（{}）", folder.display(), EXTENSIONS.join("、")),
            format!("no file to check in {} ({})", folder.display(), EXTENSIONS.join(", ")),
        ));
    }
}

fn supported(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|e| EXTENSIONS.contains(&e.as_str()))
}
