//! Many files at once, in bounded memory: each is rendered where it was read, and what was rendered goes out in the
//! order of the inputs.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use keqiao_i18n::Lang;
use keqiao_proofread::{Checked, Job, Render, Tally};
use rayon::prelude::*;

use crate::inputs::{self, Input};
use crate::refusal::Refusal;

/// Files in flight for each worker: enough that a slow one does not leave the others idle, few enough to fit memory.
const FLIGHT: usize = 8;

/// Runs all inputs through a job and a renderer.
pub(crate) fn run<R: Render>(
    inputs: &[Input],
    job: &Job<'_>,
    jobs: Option<u16>,
    mut render: R,
    out: &mut dyn Write,
    lang: Lang,
) -> Result<Tally, Refusal> {
    let mut total = Tally::default();
    let written = render.begin(out).and_then(|()| {
        // A single file needs no threads, and starting them would cost more than most files do.
        if inputs.len() < 2 || jobs == Some(1) {
            in_turn(inputs, job, &mut render, out, &mut total, lang)
        } else {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(jobs.map_or(0, usize::from))
                .stack_size(8 << 20)
                .build()
                .map_err(io::Error::other)?;
            in_parallel(&pool, inputs, job, &mut render, out, &mut total, lang)
        }
    });
    match written.and_then(|()| render.finish(&total, out)).and_then(|()| out.flush()) {
        // Whoever reads the pipe has seen enough (`keqiao check … | head`).
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(total),
        Err(e) => Err(Refusal::new(format!("结果不能写出：{e}"), format!("cannot write the output: {e}"))),
        Ok(()) => Ok(total),
    }
}

fn in_turn<R: Render>(
    inputs: &[Input],
    job: &Job<'_>,
    render: &mut R,
    out: &mut dyn Write,
    total: &mut Tally,
    lang: Lang,
) -> io::Result<()> {
    for (n, input) in inputs.iter().enumerate() {
        let checked = inputs::check(input, job);
        *total += checked.tally();
        render.take(render.part(n + 1, &checked), out)?;
        complain::<R>(&checked, lang);
    }
    Ok(())
}

fn in_parallel<R: Render>(
    pool: &rayon::ThreadPool,
    inputs: &[Input],
    job: &Job<'_>,
    render: &mut R,
    out: &mut dyn Write,
    total: &mut Tally,
    lang: Lang,
) -> io::Result<()> {
    let bar = progress(inputs.len(), lang);
    let numbered: Vec<(usize, &Input)> = inputs.iter().enumerate().collect();
    for flight in numbered.chunks(pool.current_num_threads() * FLIGHT) {
        let one = |&(n, input): &(usize, &Input)| {
            let checked = inputs::check(input, job);
            let done = (checked.tally(), render.part(n + 1, &checked));
            bar.suspend(|| complain::<R>(&checked, lang));
            bar.inc(1);
            done
        };
        let parts: Vec<(Tally, R::Part)> = pool.install(|| flight.par_iter().with_max_len(1).map(one).collect());
        for (tally, part) in parts {
            *total += tally;
            bar.suspend(|| render.take(part, out))?;
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// Says on standard error why a file could not be read, so that nobody has to look for it in a JSON file.
fn complain<R: Render>(checked: &Checked, lang: Lang) {
    if checked.content.is_none() && !R::TELLS_PROBLEMS {
        for problem in &checked.problems {
            eprintln!("keqiao: {}: {}", checked.file, problem.message.get(lang));
        }
    }
}

/// A bar on standard error, when somebody is looking at it.
fn progress(files: usize, lang: Lang) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = match lang {
        Lang::Zh => "检查 {pos}/{len} {wide_bar} 剩余 {eta}",
        Lang::En => "checking {pos}/{len} {wide_bar} {eta} left",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(u64::try_from(files).ok(), ProgressDrawTarget::stderr()).with_style(style)
}
