//! PEM (RFC 7468): the text in which certificates are handed about.

use crate::Error;

/// Most bytes of a text that is read.
const TEXT_BYTES_MAX: usize = 1 << 20;
/// Most blocks in one text.
const BLOCKS_MAX: usize = 64;

/// One block with its label, lines of 64 characters.
///
/// # Errors
/// [`Error::Malformed`] when the label or the bytes cannot be written as text.
pub fn encode(label: &str, der: &[u8]) -> Result<String, Error> {
    der::pem::encode_string(label, der::pem::LineEnding::LF, der)
        .map_err(|_| Error::Malformed("PEM block"))
}

/// All blocks of the label in a text, in their order; what stands between them does not matter.
///
/// # Errors
/// [`Error::TooLarge`] for a text or a number of blocks beyond the limits, [`Error::Malformed`] for a block that cannot be read.
pub fn decode_all(label: &str, text: &str) -> Result<Vec<Vec<u8>>, Error> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Error::TooLarge {
            what: "PEM text",
            limit: TEXT_BYTES_MAX,
        });
    }
    let (begin, end) = (
        format!("-----BEGIN {label}-----"),
        format!("-----END {label}-----"),
    );
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(&begin) {
        let block = rest.get(start..).unwrap_or_default();
        let length = block
            .find(&end)
            .map(|at| at + end.len())
            .ok_or(Error::Malformed("PEM block"))?;
        let (block, after) = block
            .split_at_checked(length)
            .ok_or(Error::Malformed("PEM block"))?;
        let (_, der) =
            der::pem::decode_vec(block.as_bytes()).map_err(|_| Error::Malformed("PEM block"))?;
        if blocks.len() == BLOCKS_MAX {
            return Err(Error::TooLarge {
                what: "PEM blocks",
                limit: BLOCKS_MAX,
            });
        }
        blocks.push(der);
        rest = after;
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_back_in_their_order() {
        let text = format!(
            "a chain\n{}between\n{}",
            encode("CERTIFICATE", &[1, 2, 3]).expect("encodes"),
            encode("CERTIFICATE", &[4; 100]).expect("encodes")
        );
        let blocks = decode_all("CERTIFICATE", &text).expect("decodes");
        assert_eq!(blocks, [vec![1, 2, 3], vec![4; 100]]);
        assert_eq!(
            decode_all("PRIVATE KEY", &text).expect("decodes"),
            Vec::<Vec<u8>>::new()
        );
    }

    #[test]
    fn a_block_without_an_end_is_refused() {
        for text in [
            "-----BEGIN CERTIFICATE-----\nAQID",
            "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----",
        ] {
            assert!(decode_all("CERTIFICATE", text).is_err(), "{text}");
        }
    }
}
