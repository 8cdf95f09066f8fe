//! Models of the deep engine: taken from a local folder, checked, copied to a folder of Credway's own, and named with the checksums
//! of their files. Nothing is downloaded.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use credway_align::{Bert, ModelFiles, ShippedEngine};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::WorkflowError;

/// What the engine reads.
const NEEDED: [&str; 3] = ["config.json", "vocab.txt", "model.safetensors"];
/// What is kept beside it where it is there.
const KEPT: [&str; 4] = ["LICENSE", "LICENSE.txt", "NOTICE", "README.md"];
/// Says how a sentence's vector is made of those of its tokens.
const POOLING: &str = "1_Pooling/config.json";
/// Names the files and their checksums.
const CARD: &str = "model.toml";

/// A file of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFile {
    /// Name.
    pub name: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// A model that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// Its name: that of the folder it came from.
    pub name: String,
    /// Its files.
    pub files: Vec<ModelFile>,
}

/// The folder in which models are kept.
#[derive(Clone, Debug)]
pub struct Models(PathBuf);

fn refused(message: String, hint: &str) -> WorkflowError {
    WorkflowError::Refused { message, hint: hint.to_owned() }
}

fn read(path: &Path) -> Result<Vec<u8>, WorkflowError> {
    std::fs::read(path).map_err(|error| {
        refused(
            format!("{} cannot be read: {error}", path.display()),
            "a model folder holds config.json, vocab.txt and model.safetensors",
        )
    })
}

fn written(path: &Path, result: std::io::Result<()>) -> Result<(), WorkflowError> {
    result
        .map_err(|error| refused(format!("{} cannot be written: {error}", path.display()), "check the folder’s rights"))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

impl Models {
    /// Models kept in `folder`, which need not be there yet.
    #[must_use]
    pub const fn in_folder(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Takes a model from a folder, once it has been read as the engine reads it.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when files are missing, broken, of a kind that cannot be run, or cannot be copied, and when another
    /// model of that name is there.
    pub fn add(&self, folder: &Path) -> Result<Model, WorkflowError> {
        let name = folder.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
        let name = name.ok_or_else(|| {
            refused(format!("{} is no folder with a name", folder.display()), "give the folder with model.safetensors")
        })?;
        let needed = NEEDED.iter().map(|file| read(&folder.join(file))).collect::<Result<Vec<_>, _>>()?;
        bert([&needed[0], &needed[1], &needed[2]])?;
        check_pooling(&folder.join(POOLING))?;
        let mut contents: Vec<(&str, Vec<u8>)> = NEEDED.into_iter().zip(needed).collect();
        for file in KEPT {
            if folder.join(file).is_file() {
                contents.push((file, read(&folder.join(file))?));
            }
        }
        let to = self.0.join(&name);
        let file = |(name, bytes): &(&str, Vec<u8>)| ModelFile {
            name: (*name).to_owned(),
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
        };
        let model = Model { name, files: contents.iter().map(file).collect() };
        // A card that cannot be read is no model: adding it again mends it.
        if self.card(&to.join(CARD)).is_ok_and(|there| there.files != model.files) {
            return Err(refused(
                format!("another model is called {} already", model.name),
                "take it away first, with `credway model remove`, or rename the folder",
            ));
        }
        written(&to, std::fs::create_dir_all(&to))?;
        for (file, bytes) in &contents {
            written(&to.join(file), std::fs::write(to.join(file), bytes))?;
        }
        let card = toml::to_string(&model).map_err(|error| WorkflowError::Defect(error.to_string()))?;
        written(&to.join(CARD), std::fs::write(to.join(CARD), card))?;
        Ok(model)
    }

    /// The models there are, by name.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when a card cannot be read.
    pub fn list(&self) -> Result<Vec<Model>, WorkflowError> {
        let Ok(folder) = std::fs::read_dir(&self.0) else { return Ok(Vec::new()) };
        let mut cards: Vec<PathBuf> =
            folder.filter_map(Result::ok).map(|entry| entry.path().join(CARD)).filter(|card| card.is_file()).collect();
        cards.sort();
        cards.iter().map(|card| self.card(card)).collect()
    }

    fn card(&self, path: &Path) -> Result<Model, WorkflowError> {
        let text = String::from_utf8(read(path)?).unwrap_or_default();
        let model: Model = toml::from_str(&text).map_err(|error| {
            refused(format!("{} is broken: {}", path.display(), error.message()), "add the model again")
        })?;
        // The name leads to the folder that is read and taken away: it must be that of the card's own.
        let folder = path.parent().and_then(Path::file_name).and_then(std::ffi::OsStr::to_str);
        if folder == Some(model.name.as_str()) {
            return Ok(model);
        }
        Err(refused(format!("{} names another model", path.display()), "add the model again"))
    }

    /// Takes a model away.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is none of this name; [`WorkflowError::Refused`] when it cannot be taken away.
    pub fn remove(&self, name: &str) -> Result<(), WorkflowError> {
        self.named(Some(name))?;
        let path = self.0.join(name);
        written(&path, std::fs::remove_dir_all(&path))
    }

    /// The deep engine with the model of this name, or with the only one there is. The files must still be those that were added.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is none, [`WorkflowError::Refused`] when there are several or a file has changed.
    pub fn engine(&self, name: Option<&str>) -> Result<Arc<ShippedEngine>, WorkflowError> {
        let model = self.named(name)?;
        let content = |file: &str| {
            let path = self.0.join(&model.name).join(file);
            let bytes = read(&path)?;
            let kept = model.files.iter().find(|kept| kept.name == file).map(|kept| kept.sha256.as_str());
            if kept == Some(sha256(&bytes).as_str()) {
                return Ok(bytes);
            }
            Err(refused(format!("{} is not the file that was added", path.display()), "add the model again"))
        };
        let files = NEEDED.iter().map(|file| content(file)).collect::<Result<Vec<_>, _>>()?;
        Ok(Arc::new(ShippedEngine::deep(bert([&files[0], &files[1], &files[2]])?)))
    }

    fn named(&self, name: Option<&str>) -> Result<Model, WorkflowError> {
        let all = self.list()?;
        let hint = "add one with `credway model add FOLDER`; `credway model list` shows those there are";
        let missing =
            |given: &str| WorkflowError::NotFound { what: "model", given: given.to_owned(), hint: hint.to_owned() };
        match name {
            Some(name) => all.into_iter().find(|model| model.name == name).ok_or_else(|| missing(name)),
            None if all.len() > 1 => Err(refused(
                "there are several models".to_owned(),
                "say which with the setting `engine = \"deep:NAME\"`",
            )),
            None => all.into_iter().next().ok_or_else(|| missing("of any name")),
        }
    }
}

fn bert([config, vocabulary, weights]: [&[u8]; 3]) -> Result<Bert, WorkflowError> {
    Bert::read(ModelFiles { config, vocabulary, weights }).map_err(|error| {
        refused(error.to_string(), "Credway runs sentence encoders of the BERT family with the uncased English vocabulary, such as all-MiniLM-L6-v2")
    })
}

/// Refuses a model whose sentence vectors are not the mean of its tokens'.
fn check_pooling(path: &Path) -> Result<(), WorkflowError> {
    if !path.is_file() {
        return Ok(());
    }
    let pooling: serde_json::Value = serde_json::from_slice(&read(path)?)
        .map_err(|error| refused(format!("{} cannot be read: {error}", path.display()), "the folder seems damaged"))?;
    if pooling.get("pooling_mode_mean_tokens") == Some(&serde_json::Value::Bool(true)) {
        return Ok(());
    }
    Err(refused(
        "the model does not make sentence vectors by the mean of its tokens".to_owned(),
        "take another model, such as all-MiniLM-L6-v2",
    ))
}
