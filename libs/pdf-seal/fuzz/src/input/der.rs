//! Changes of DER that keep lengths right, so that they reach what lies inside.

use crate::random::Random;

#[derive(Clone)]
struct Node {
    tag: u8,
    body: Body,
}

#[derive(Clone)]
enum Body {
    Leaf(Vec<u8>),
    Inside(Vec<Node>),
}

/// `der` with a few elements changed; `other` lends elements.
pub(crate) fn changed(der: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let (Some(mut nodes), Some(lender)) = (read(der, 0), read(other, 0)) else {
        return der.to_vec();
    };
    for _ in 0..=random.below(3) {
        let part = any(&lender, random);
        change(&mut nodes, part, random);
    }
    let mut out = Vec::with_capacity(der.len() + 64);
    nodes.iter().for_each(|node| write(node, &mut out, random));
    out
}

fn read(mut bytes: &[u8], depth: u32) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    while let [tag, first, rest @ ..] = bytes {
        let (len, rest) = match *first {
            short @ 0..=0x7f => (usize::from(short), rest),
            long @ 0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
                (
                    digits
                        .iter()
                        .fold(0, |sum, digit| sum << 8 | usize::from(*digit)),
                    rest,
                )
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(len)?;
        let inside = (tag & 0x20 != 0 && depth < 16)
            .then(|| read(content, depth + 1))
            .flatten();
        let body = inside.map_or_else(|| Body::Leaf(content.to_vec()), Body::Inside);
        nodes.push(Node { tag: *tag, body });
        bytes = rest;
    }
    bytes.is_empty().then_some(nodes)
}

fn write(node: &Node, out: &mut Vec<u8>, random: &mut Random) {
    let content = match &node.body {
        Body::Leaf(bytes) => bytes.clone(),
        Body::Inside(nodes) => {
            let mut content = Vec::new();
            nodes
                .iter()
                .for_each(|node| write(node, &mut content, random));
            content
        }
    };
    out.push(node.tag);
    // Now and then a length that lies.
    let len = if random.one_in(2000) {
        random.next() as usize
    } else {
        content.len()
    };
    match len {
        0..=0x7f => out.push(len.to_le_bytes()[0]),
        0x80..=0xffff => {
            out.push(if len < 0x100 { 0x81 } else { 0x82 });
            out.extend(
                len.to_be_bytes()
                    .iter()
                    .skip(if len < 0x100 { 7 } else { 6 }),
            );
        }
        _ => {
            out.push(0x84);
            out.extend(len.to_be_bytes().iter().skip(4));
        }
    }
    out.extend_from_slice(&content);
}

fn any(nodes: &[Node], random: &mut Random) -> Node {
    let mut node = random.pick(nodes);
    while let Body::Inside(inside) = &node.body {
        if inside.is_empty() || random.one_in(4) {
            break;
        }
        node = random.pick(inside);
    }
    node.clone()
}

/// Changes one element somewhere below.
fn change(nodes: &mut Vec<Node>, part: Node, random: &mut Random) {
    if nodes.is_empty() {
        return nodes.push(part);
    }
    let at = random.below(nodes.len());
    if let Body::Inside(inside) = &mut nodes[at].body
        && !random.one_in(6)
    {
        return change(inside, part, random);
    }
    match random.below(10) {
        0 => drop(nodes.remove(at)),
        1 => {
            let copies = if random.one_in(8) { 40 } else { 1 };
            let node = nodes[at].clone();
            nodes.splice(at..at, std::iter::repeat_n(node, copies));
        }
        2 => {
            let with = random.below(nodes.len());
            nodes.swap(at, with);
        }
        3 => nodes[at] = part,
        4 => nodes.insert(at, part),
        5 => {
            nodes[at].tag = *random.pick(&[
                0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x17, 0x30, 0x31, 0x80, 0xa0, 0xa1,
            ])
        }
        6 => {
            for _ in 0..1 << random.below(8) {
                let inner = nodes[at].clone();
                nodes[at] = Node {
                    tag: 0x30,
                    body: Body::Inside(vec![inner]),
                };
            }
        }
        _ => leaf(&mut nodes[at], random),
    }
}

fn leaf(node: &mut Node, random: &mut Random) {
    let Body::Leaf(bytes) = &mut node.body else {
        return;
    };
    match random.below(6) {
        0 => bytes.clear(),
        1 => bytes.insert(0, *random.pick(&[0, 0x7f, 0x80, 0xff])),
        2 => bytes.resize(random.below(300), 0xff),
        3 => bytes.truncate(random.below(bytes.len() + 1)),
        _ => {
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.byte();
            }
        }
    }
}
