//! The template of the power of attorney (UNIT-1): a document to be filled on a computer, printed, stamped and photographed.
//! Its labels are those that the reader of papers looks for.

use std::io::{Cursor, Write as _};

use app::{App, Error};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(template))
}

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const DISPOSITION: &str = "attachment; filename=\"power-of-attorney.docx\"; filename*=UTF-8''%E6%8E%88%E6%9D%83%E5%A7%94%E6%89%98%E4%B9%A6.docx";

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const TITLE: &str = "授权委托书";
const LINES: [&str; 13] = [
    "委托单位：",
    "统一社会信用代码：",
    "法定代表人：",
    "",
    "受托人：",
    "身份证号码：",
    "",
    "委托事项：受托人作为我单位的管理员，办理单位注册、认证，以及数字证书和电子印章的申请、授权和使用。",
    "授权期限：    年  月  日至    年  月  日",
    "",
    "委托单位（盖章）：",
    "法定代表人（签字）：",
    "日期：    年  月  日",
];

/// A document of an office program. Nobody has to be signed in: it says nothing about anybody.
#[utoipa::path(get, path = "/documents/power-of-attorney.docx", tag = "unit",
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")))]
async fn template() -> Result<Response, Problem> {
    let bytes = document().map_err(Error::internal)?;
    let headers = [
        (header::CONTENT_TYPE, MEDIA_TYPE),
        (header::CONTENT_DISPOSITION, DISPOSITION),
    ];
    Ok((headers, bytes).into_response())
}

fn document() -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/document.xml", body()),
    ];
    for (name, text) in parts {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(name, stored)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn body() -> String {
    let run = |text: &str, half_points: u8| {
        format!(
            "<w:r><w:rPr><w:rFonts w:eastAsia=\"宋体\"/><w:sz w:val=\"{half_points}\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>"
        )
    };
    let title = format!(
        "<w:p><w:pPr><w:jc w:val=\"center\"/><w:spacing w:after=\"480\"/></w:pPr>{}</w:p>",
        run(TITLE, 44)
    );
    let lines: String = LINES
        .iter()
        .map(|line| {
            let spacing = "<w:pPr><w:spacing w:line=\"480\" w:lineRule=\"auto\"/></w:pPr>";
            format!("<w:p>{spacing}{}</w:p>", run(line, 28))
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{title}{lines}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn unit_1_the_template_has_what_the_reader_looks_for() {
        let bytes = document().expect("written");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        let mut part = archive.by_name("word/document.xml").expect("the text");
        part.read_to_string(&mut text).expect("read");
        for label in [
            TITLE,
            "委托单位：",
            "法定代表人：",
            "受托人：",
            "身份证号码：",
            "授权期限：",
        ] {
            assert!(text.contains(label), "{label}");
        }
    }
}
