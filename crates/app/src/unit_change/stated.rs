//! What somebody states the unit's facts to be from now on.

use domain::check_digit::IdCard;
use domain::person::PersonName;
use domain::unit::UnitName;
use domain::unit_change::{Change, asked};
use store::Exec;
use store::unit::Unit;
use zeroize::Zeroizing;

use crate::review::Facts;
use crate::{App, Error, Result, unit_profile};

/// The legal representative that is named, as typed.
pub struct Representative<'a> {
    /// Name.
    pub name: &'a str,
    /// Number of their ID card.
    pub id_number: &'a str,
}

const NAME: &str = "name";
const REPRESENTATIVE: &str = "legal_representative";
const ID_NUMBER: &str = "id_number";

/// The facts, checked for form.
pub(super) struct Stated {
    /// What is different.
    pub change: Change,
    /// The unit's name, new or as it is.
    pub name: String,
    /// The legal representative's name, new or as it is.
    pub representative: Zeroizing<String>,
    /// Number of the ID card of the one who is named.
    pub id_number: Option<Zeroizing<String>>,
}

impl Stated {
    /// Reads what was typed about a unit.
    ///
    /// # Errors
    /// `unit_name_invalid`, `name_invalid`, `id_number_invalid`, `change_empty`.
    pub(super) async fn of(
        app: &App,
        at: impl Into<Exec<'_>>,
        unit: &Unit,
        name: Option<&str>,
        representative: Option<&Representative<'_>>,
    ) -> Result<Self> {
        let name = name.map(UnitName::parse).transpose();
        let name = name.map_err(|_| Error::invalid("unit_name_invalid"))?;
        let name = name.as_ref().map(UnitName::as_str);
        let change = asked(&unit.name, name, representative.is_some());
        let change = change.map_err(|_| Error::invalid("change_empty"))?;
        let (named, id_number) = match representative {
            None => (unit_profile::representative(app, at, unit.id).await?, None),
            Some(named) => {
                let name = PersonName::parse(named.name);
                let name = name.map_err(|_| Error::invalid("name_invalid"))?;
                let number = named.id_number.trim().to_ascii_uppercase();
                IdCard::parse(&number, app.now().day())
                    .map_err(|_| Error::invalid("id_number_invalid"))?;
                let name = Zeroizing::new(name.as_str().to_owned());
                (name, Some(Zeroizing::new(number)))
            }
        };
        Ok(Self {
            change,
            name: name.unwrap_or(&unit.name).to_owned(),
            representative: named,
            id_number,
        })
    }

    /// What an operator is shown: only what is different.
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        if self.change.name {
            facts.insert(NAME.to_owned(), self.name.clone());
        }
        if let Some(number) = &self.id_number {
            facts.insert(REPRESENTATIVE.to_owned(), self.representative.to_string());
            facts.insert(ID_NUMBER.to_owned(), number.to_string());
        }
        facts
    }

    /// What the operator was shown, about the unit as it is by now.
    ///
    /// # Errors
    /// As [`Self::of`], where the unit has changed meanwhile.
    pub(super) async fn from_facts(
        app: &App,
        at: impl Into<Exec<'_>>,
        unit: &Unit,
        facts: &Facts,
    ) -> Result<Self> {
        let fact = |name: &str| facts.get(name).map(String::as_str);
        let representative = match (fact(REPRESENTATIVE), fact(ID_NUMBER)) {
            (Some(name), Some(id_number)) => Some(Representative { name, id_number }),
            _ => None,
        };
        Self::of(app, at, unit, fact(NAME), representative.as_ref()).await
    }
}
