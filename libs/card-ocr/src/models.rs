//! The networks and what they are given. Only this file knows the engine.

use std::sync::Arc;

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, Tensor};

use crate::Error;

/// One loaded network.
pub struct Network {
    model: Model,
    threads: Option<Arc<ThreadPool>>,
    /// For errors.
    name: &'static str,
}

impl Network {
    pub fn of(
        model: Result<Model, rten::LoadError>,
        threads: Option<&Arc<ThreadPool>>,
        name: &'static str,
    ) -> Result<Self, Error> {
        let model = model.map_err(|_| Error::Model(name))?;
        Ok(Self {
            model,
            threads: threads.cloned(),
            name,
        })
    }

    /// Runs the network on one input with as many numbers as its shape says.
    pub fn run(&self, shape: [usize; 4], numbers: Vec<f32>) -> Result<Tensor<f32>, Error> {
        let ends = (
            self.model.input_ids().first(),
            self.model.output_ids().first(),
        );
        self.run_from_to(ends.0.copied(), ends.1.copied(), shape, numbers)
    }

    /// Runs the network up to the value of this name.
    pub fn run_up_to(
        &self,
        name: &str,
        shape: [usize; 4],
        numbers: Vec<f32>,
    ) -> Result<Tensor<f32>, Error> {
        let input = self.model.input_ids().first().copied();
        self.run_from_to(input, self.model.find_node(name), shape, numbers)
    }

    /// Runs the rest of the network, which is given what the value of this name would be.
    pub fn run_from(
        &self,
        name: &str,
        shape: [usize; 4],
        numbers: Vec<f32>,
    ) -> Result<Tensor<f32>, Error> {
        let output = self.model.output_ids().first().copied();
        self.run_from_to(self.model.find_node(name), output, shape, numbers)
    }

    /// Does something that runs the network several times, all on one of its threads.
    pub fn at_once<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.threads {
            Some(threads) => threads.run(work),
            None => rten::thread_pool().run(work),
        }
    }

    /// Whether the network has a value of this name.
    pub fn knows(&self, name: &str) -> bool {
        self.model.find_node(name).is_some()
    }

    fn run_from_to(
        &self,
        from: Option<NodeId>,
        to: Option<NodeId>,
        shape: [usize; 4],
        numbers: Vec<f32>,
    ) -> Result<Tensor<f32>, Error> {
        let (from, to) = from.zip(to).ok_or_else(|| self.failed())?;
        let input = NdTensor::try_from_data(shape, numbers).map_err(|_| self.failed())?;
        let options = RunOptions::default().with_thread_pool(self.threads.clone());
        let outputs = self
            .model
            .run(vec![(from, input.into())], &[to], Some(options));
        let mut outputs = outputs.map_err(|_| self.failed())?;
        let output = outputs.pop().ok_or_else(|| self.failed())?;
        output.try_into().map_err(|_| self.failed())
    }

    pub fn failed(&self) -> Error {
        Error::Inference(self.name)
    }
}
