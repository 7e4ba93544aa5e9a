//! Layers and licences, by `cargo metadata`.

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

use super::Settings;
use crate::tree::File;

/// Arrows go to strictly lower layers; every crate stands in the code map; every dependency has a licence of the list.
pub(super) fn layers_go_down_and_licences_are_known(
    root: &Path,
    files: &[File],
    settings: &Settings,
    wrong: &mut Vec<String>,
) {
    let metadata = match read(root) {
        Ok(metadata) => metadata,
        Err(e) => return wrong.push(format!("cargo metadata: {e}")),
    };
    let own: BTreeMap<&str, (&Package, Option<u64>)> =
        metadata.workspace_packages().into_iter().map(|p| (p.name.as_str(), (p, layer(p)))).collect();
    let map = files.iter().find(|f| f.path == "ARCHITECTURE.md").map_or("", File::text);
    for (name, (package, layer)) in &own {
        let folder = package.manifest_path.parent().and_then(|p| p.file_name()).unwrap_or(name);
        if !map.contains(&format!("`{folder}`")) {
            wrong.push(format!("ARCHITECTURE.md: the code map lacks `{folder}`"));
        }
        let Some(layer) = layer else {
            wrong.push(format!("{name}: no `layer` under [package.metadata.keqiao]"));
            continue;
        };
        for dependency in &package.dependencies {
            // Tests may look up.
            if dependency.kind == DependencyKind::Development {
                continue;
            }
            if let Some((_, Some(below))) = own.get(dependency.name.as_str())
                && below >= layer
            {
                wrong.push(format!("{name} (layer {layer}) uses {} (layer {below}): arrows go down", dependency.name));
            }
        }
    }
    for package in metadata.packages.iter().filter(|p| p.source.is_some()) {
        let licence = package.license.as_deref().unwrap_or("none");
        if !settings.licences.iter().any(|l| l == licence) {
            wrong.push(format!("{} {}: licence `{licence}` is not in xtask/tidy.toml", package.name, package.version));
        }
    }
}

fn layer(package: &Package) -> Option<u64> {
    package.metadata.get("keqiao")?.get("layer")?.as_u64()
}

/// Only for this machine's platform: what was fetched to build is enough to answer.
fn read(root: &Path) -> Result<Metadata, String> {
    let version = std::process::Command::new("rustc").arg("-vV").output().map_err(|e| e.to_string())?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|l| l.strip_prefix("host: ")).ok_or("rustc does not say its host")?;
    MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .other_options(vec!["--locked".into(), "--filter-platform".into(), host.to_owned()])
        .exec()
        .map_err(|e| e.to_string())
}
