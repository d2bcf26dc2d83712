//! Draws batches and deflates objects on the cores there are. Each result comes back through its own channel and is taken
//! in the order of the pages, so that the file is the same however many cores there are and whoever finishes first.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::draw::{Batch, Drawn, Painter};
use super::objects::Full;

type Answer = Result<Drawn, String>;

enum Job {
    Draw(Batch, Sender<Answer>),
    Deflate(Full, Sender<(Full, Vec<u8>)>),
}

/// More painters than this wait for the layout, which one thread does.
const MOST_PAINTERS: usize = 6;

/// Threads that draw; started one by one as work comes, so that a short letter starts one.
pub struct Painters {
    jobs: Option<Sender<Job>>,
    taken: Arc<Mutex<Receiver<Job>>>,
    threads: Vec<JoinHandle<()>>,
    most: usize,
}

impl Painters {
    /// None started.
    pub fn new() -> Self {
        let (jobs, taken) = channel();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let taken = Arc::new(Mutex::new(taken));
        Self { jobs: Some(jobs), taken, threads: vec![], most: cores.min(MOST_PAINTERS) }
    }

    /// Has a batch drawn.
    pub fn draw(&mut self, batch: Batch) -> Receiver<Answer> {
        let (answer, answered) = channel();
        if self.threads.len() < self.most {
            self.start();
        }
        self.send(Job::Draw(batch, answer));
        answered
    }

    /// Has an object stream deflated.
    pub fn deflate(&mut self, full: Full) -> Receiver<(Full, Vec<u8>)> {
        let (answer, answered) = channel();
        if self.threads.is_empty() {
            self.start();
        }
        self.send(Job::Deflate(full, answer));
        answered
    }

    fn start(&mut self) {
        let taken = Arc::clone(&self.taken);
        self.threads.push(std::thread::spawn(move || paint(&taken)));
    }

    fn send(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // The receiver lives in `self`: a send cannot fail before the drop.
            drop(jobs.send(job));
        }
    }
}

impl Drop for Painters {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // A painter that panicked has already failed its work: its answer never came.
            drop(thread.join());
        }
    }
}

fn paint(jobs: &Mutex<Receiver<Job>>) {
    let mut painter = Painter::new();
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Err(_) => return,
            // A document given up half-way no longer listens.
            Ok(Job::Draw(batch, answer)) => drop(answer.send(painter.draw(batch))),
            Ok(Job::Deflate(full, answer)) => {
                let deflated = painter.deflate(&full.bytes);
                drop(answer.send((full, deflated)));
            }
        }
    }
}
