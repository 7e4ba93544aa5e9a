//! Taking a backup. It is written under a passing name and gets its own when it has been read back and found whole.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use anyhow::Context;
use keqiao_store::dump::Snapshot;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::backup::manifest::{FORM, Manifest, NAME, SavedFile, SavedTable};
use crate::backup::verify;
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::files::FileHash;

type Zip = ZipWriter<BufWriter<File>>;

/// Takes a backup into `target`, which must not exist, and reads it back.
///
/// # Errors
/// When database or disk do not answer, or what was read back is not what was written.
pub async fn save(ctx: &Ctx, target: &Path) -> AppResult<Manifest> {
    let passing = target.with_extension("part");
    let written = write(ctx, &passing).await;
    let manifest = match written {
        Ok(manifest) => manifest,
        Err(error) => {
            // What is half written helps nobody; the reason matters more than whether it could be removed.
            let _ = std::fs::remove_file(&passing);
            return Err(error);
        }
    };
    if verify(&passing)? != manifest {
        return Err(AppError::Fault(anyhow::anyhow!("the backup read back differs from what was written")));
    }
    // `rename` would silently replace an earlier backup.
    std::fs::hard_link(&passing, target).with_context(|| format!("cannot name the backup {}", target.display()))?;
    std::fs::remove_file(&passing)?;
    Ok(manifest)
}

async fn write(ctx: &Ctx, path: &Path) -> AppResult<Manifest> {
    let file = File::create_new(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let snapshot = Snapshot::begin(&ctx.db).await?;
    let mut tables = Vec::new();
    for table in snapshot.tables() {
        let columns = table.columns.iter().map(|c| c.name.clone()).collect();
        let mut saved = SavedTable { name: table.name.clone(), columns, rows: 0, sha256: String::new() };
        start(&mut zip, &saved.path(), CompressionMethod::Deflated)?;
        let mut hash = Sha256::new();
        let put = |line: &str| -> AppResult<()> {
            for part in [line.as_bytes(), b"\n"] {
                hash.update(part);
                zip.write_all(part)?;
            }
            Ok(())
        };
        saved.rows = snapshot.rows(table, put).await?;
        saved.sha256 = hex::encode(hash.finalize());
        tables.push(saved);
    }
    // Files are written before the rows that name them and never change: those of the view are all there.
    let files = save_files(ctx, &mut zip)?;
    let migration = ctx.db.migrations().last().map_or(0, |m| m.0);
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let manifest = Manifest { form: FORM, program, at: ctx.now(), migration, tables, files };
    start(&mut zip, NAME, CompressionMethod::Deflated)?;
    zip.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    let mut file = zip.finish().map_err(anyhow::Error::from)?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(manifest)
}

fn start(zip: &mut Zip, name: &str, method: CompressionMethod) -> AppResult<()> {
    let options = SimpleFileOptions::default().compression_method(method).large_file(true);
    Ok(zip.start_file(name, options).map_err(anyhow::Error::from)?)
}

fn save_files(ctx: &Ctx, zip: &mut Zip) -> AppResult<Vec<SavedFile>> {
    let mut saved = Vec::new();
    for hash in stored(ctx)? {
        let mut file = File::open(ctx.files.path(&hash))?;
        let entry = SavedFile { sha256: hash.to_string(), bytes: file.metadata()?.len() };
        // Most reports are compressed already.
        start(zip, &entry.path(), CompressionMethod::Stored)?;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let n = file.read(&mut buffer)?;
            if n == 0 {
                break;
            }
            zip.write_all(&buffer[..n])?;
        }
        saved.push(entry);
    }
    Ok(saved)
}

/// Every stored file, in the order of the hashes.
fn stored(ctx: &Ctx) -> AppResult<Vec<FileHash>> {
    let mut all = Vec::new();
    for folder in std::fs::read_dir(ctx.files.root())? {
        let folder = folder?;
        let head = folder.file_name().to_string_lossy().into_owned();
        if head.len() != 2 || !folder.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder.path())? {
            // What is no hash was not put there by us.
            all.extend(format!("{head}{}", file?.file_name().to_string_lossy()).parse::<FileHash>().ok());
        }
    }
    all.sort();
    Ok(all)
}
