//! The networks and what they are given. Only this file knows the engine.

use std::sync::Arc;

use rten::{Model, RunOptions, ThreadPool};
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
        let input = NdTensor::try_from_data(shape, numbers).map_err(|_| self.failed())?;
        let options = RunOptions::default().with_thread_pool(self.threads.clone());
        let output = self.model.run_one(input.into(), Some(options));
        output
            .map_err(|_| self.failed())?
            .try_into()
            .map_err(|_| self.failed())
    }

    pub fn failed(&self) -> Error {
        Error::Inference(self.name)
    }
}
