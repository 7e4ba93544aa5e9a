//! Word 2007 and later. Own pass over the XML: libraries tried here lose one of what a report needs — automatic
//! numbers (一、 1.), charts in their place, page breaks, tracked changes — or show merged cells in the wrong column.

mod body;
mod numbering;
mod styles;

use std::collections::HashMap;

use crate::container::Container;
use crate::flow::{ChartData, Piece};
use crate::xml::{Steps, attribute};
use crate::{Format, Limits, Problem, Read, chart_part, print, refuse};

/// Relationship id to type and target part.
type Relations = HashMap<String, (String, String)>;

pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Problem> {
    let mut container = Container::open(bytes, limits)?;
    let package = relations(&mut container, "")?;
    let main = package.values().find(|(kind, _)| kind.ends_with("/officeDocument")).map(|r| r.1.clone());
    let main = main.filter(|m| container.has(m)).unwrap_or_else(|| "word/document.xml".into());
    let no_main = || refuse::damaged("缺少正文", "the main part is missing");
    let xml = container.xml(&main)?.ok_or_else(no_main)?;
    let related = relations(&mut container, &main)?;
    let part = |kind: &str| related.values().find(|(k, _)| k.ends_with(kind)).map(|r| r.1.clone());

    let styles = styles::Styles::parse(&container.xml(&part("/styles").unwrap_or_default())?.unwrap_or_default());
    let mut numbering =
        numbering::Numbering::parse(&container.xml(&part("/numbering").unwrap_or_default())?.unwrap_or_default());
    let mut charts = charts(&mut container, &related)?;

    let mut body = body::Body::new(&styles, &mut numbering, limits, &xml);
    let mut broken = body.read(&xml, &mut charts, container.deadline)?;
    body.begin_notes();
    for kind in ["/footnotes", "/endnotes"] {
        if let Some(notes) = container.xml(&part(kind).unwrap_or_default())? {
            broken |= body.read(&notes, &mut charts, container.deadline)?;
        }
    }
    let (mut pieces, pages) = body.finish();
    // Charts whose place was not found stand at the end.
    let mut left: Vec<_> = charts.into_iter().collect();
    left.sort_by(|a, b| a.0.cmp(&b.0));
    pieces.extend(left.into_iter().map(|(_, chart)| Piece::Chart(chart)));

    let mut document = print::print(name, Format::Docx, pieces);
    document.pages = pages;
    let problems = if broken {
        vec![refuse::part_lost("正文 XML 在中途损坏", "the XML of the text is broken off")]
    } else {
        Vec::new()
    };
    Ok(Read { document: Some(document), problems })
}

/// The relationships of a part (`""`: of the package), with targets as full names of members.
fn relations(container: &mut Container<'_>, part: &str) -> Result<Relations, Problem> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let mut found = Relations::new();
    let Some(xml) = container.xml(&join(folder, &format!("_rels/{file}.rels")))? else { return Ok(found) };
    let mut steps = Steps::new(&xml);
    while let Some(event) = steps.next() {
        let quick_xml::events::Event::Start(e) = event else { continue };
        if let (Some(id), Some(kind), Some(target)) =
            (attribute(&e, "Id"), attribute(&e, "Type"), attribute(&e, "Target"))
        {
            found.insert(id, (kind, join(folder, &target)));
        }
    }
    Ok(found)
}

fn join(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

fn charts(container: &mut Container<'_>, related: &Relations) -> Result<HashMap<String, ChartData>, Problem> {
    let mut charts = HashMap::new();
    for (id, (kind, target)) in related {
        if kind.ends_with("/chart")
            && let Some(xml) = container.xml(target)?
        {
            charts.insert(id.clone(), chart_part::parse(&xml));
        }
    }
    Ok(charts)
}
