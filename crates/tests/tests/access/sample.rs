//! Paths and bodies of the right shape, made from the API's description: what decides is who calls, not what is typed.

use serde_json::{Map, Value, json};

use super::callers::Scene;

/// An id that nothing has.
const NOTHING: &str = "01900000-0000-7000-8000-000000000000";

/// The path with its parameters filled in.
pub fn path(template: &str, scene: &Scene) -> String {
    let part = |part: &str| match part
        .strip_prefix('{')
        .and_then(|part| part.strip_suffix('}'))
    {
        Some("kind") => "question".to_owned(),
        Some("role") => "licence".to_owned(),
        Some("provider") => "sandbox".to_owned(),
        Some(name) => scene.id(name).unwrap_or(NOTHING).to_owned(),
        None => part.to_owned(),
    };
    let filled: Vec<_> = template.split('/').map(part).collect();
    let query = match template {
        "/api/v1/units/search" => "?text=%E6%A0%B7%E6%9C%AC%E5%BB%BA%E8%AE%BE".to_owned(),
        "/api/v1/operator/contents" => "?kind=question".to_owned(),
        "/api/v1/seals" => format!("?unit_id={}", scene.id("unit_id").unwrap_or(NOTHING)),
        _ => String::new(),
    };
    filled.join("/") + &query
}

/// A body of the shape that the operation asks for, if it asks for one.
pub fn body(openapi: &Value, operation: &Value, scene: &Scene) -> Option<Value> {
    let content = operation["requestBody"]["content"].as_object()?;
    match content.get("application/json") {
        Some(json) => {
            let mut body = value("", &json["schema"], openapi, scene);
            if let Some(kind) = body.get_mut("kind").filter(|kind| *kind == "text") {
                // The same word has other values with each noun.
                *kind = json!(if operation["tags"][0] == "seal" {
                    "company"
                } else {
                    "question"
                });
            }
            Some(body)
        }
        None => Some(Value::String("bytes".to_owned())),
    }
}

fn value(name: &str, schema: &Value, openapi: &Value, scene: &Scene) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = openapi
            .pointer(reference.trim_start_matches('#'))
            .expect("a schema");
        return value(name, schema, openapi, scene);
    }
    for variants in ["oneOf", "anyOf", "allOf"] {
        let real = |schema: &&Value| schema["type"] != "null";
        if let Some(schema) = schema[variants]
            .as_array()
            .and_then(|all| all.iter().find(real))
        {
            return value(name, schema, openapi, scene);
        }
    }
    if let Some(word) = schema["enum"].as_array().and_then(|words| words.first()) {
        return word.clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.first().cloned().unwrap_or_default(),
        kind => kind.clone(),
    };
    match kind.as_str() {
        Some("object") => object(schema, openapi, scene),
        Some("array") => json!([value(
            name.trim_end_matches('s'),
            &schema["items"],
            openapi,
            scene
        )]),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        _ => json!(text(name, scene)),
    }
}

fn object(schema: &Value, openapi: &Value, scene: &Scene) -> Value {
    let required = schema["required"].as_array();
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
    let properties = schema["properties"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let fields = properties.iter().filter(|(name, _)| is_required(name));
    let filled = fields.map(|(name, schema)| (name.clone(), value(name, schema, openapi, scene)));
    Value::Object(filled.collect::<Map<_, _>>())
}

/// Texts that are valid where their form is checked before anything else.
fn text(name: &str, scene: &Scene) -> String {
    match name {
        "as" => "legal_representative",
        "area" => "+86",
        "number" | "phone" => "13700000000",
        "nationality" => "CN",
        "name" => "样本建设工程有限公司",
        "uscc" => "91990000MA0000015Q",
        "reason" => "理由",
        "state" => "published",
        "decision" => "pass",
        "until" => "2026-12-31",
        "role" => "content",
        name if name.ends_with("_id") => scene.id(name).unwrap_or(NOTHING),
        _ => "text",
    }
    .to_owned()
}
