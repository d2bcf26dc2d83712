//! Does a JSON value have the shape that the published OpenAPI document says? The document is the one description:
//! what it says is what is checked, and every fault is named at once, without the value.

use serde_json::{Map, Value};

use crate::acts::FieldFault;

/// Checks `value` against `schema`, in which `#/components/schemas/NAME` is looked up in `named`. Knows the part of
/// JSON Schema that our own documents use: type, properties, required, additionalProperties, items, enum, maxItems,
/// oneOf with null, $ref.
pub(super) fn faults(value: &Value, schema: &Value, named: &Map<String, Value>) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    check(value, schema, named, "", &mut faults);
    faults
}

fn check(value: &Value, schema: &Value, named: &Map<String, Value>, path: &str, faults: &mut Vec<FieldFault>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if let Some(target) = named.get(name) {
            check(value, target, named, path, faults);
        }
        return;
    }
    if let Some(choices) = schema.get("oneOf").and_then(Value::as_array) {
        if value.is_null() && choices.iter().any(|c| allows(c, "null")) {
            return;
        }
        if let Some(choice) = choices.iter().find(|c| !allows(c, "null")) {
            check(value, choice, named, path, faults);
        }
        return;
    }
    if schema.get("type").is_some() && !allows(schema, kind(value)) {
        let wanted = schema.get("type").map(plain_type).unwrap_or_default();
        return push(faults, path, format!("this must be {wanted}"));
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        let list: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return push(faults, path, format!("use one of {}", list.join(", ")));
    }
    match value {
        Value::Object(fields) => object(fields, schema, named, path, faults),
        Value::Array(items) => {
            if let Some(most) = schema.get("maxItems").and_then(Value::as_u64)
                && crate::base::u64_from(items.len()) > most
            {
                return push(faults, path, format!("give at most {most} of these"));
            }
            if let Some(item) = schema.get("items") {
                for (n, value) in items.iter().enumerate() {
                    check(value, item, named, &format!("{path}[{n}]"), faults);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn object(
    fields: &Map<String, Value>,
    schema: &Value,
    named: &Map<String, Value>,
    path: &str,
    faults: &mut Vec<FieldFault>,
) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    for (name, value) in fields {
        match properties.get(name) {
            Some(property) => check(value, property, named, &join(path, name), faults),
            // The name came from outside: it is shown cut and on one line.
            None => push(faults, &join(path, &crate::base::excerpt(&crate::base::one_line(name), 40)), {
                let known: Vec<&str> = properties.keys().map(String::as_str).collect();
                format!("this field is not known: leave it out (known are {})", known.join(", "))
            }),
        }
    }
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            push(faults, &join(path, name), "this field is missing: add it".to_owned());
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn push(faults: &mut Vec<FieldFault>, path: &str, problem: String) {
    /// Beyond these nobody reads on, and an answer must stay small.
    const MOST: usize = 50;
    if faults.len() < MOST {
        let field = if path.is_empty() { "the whole body".to_owned() } else { path.to_owned() };
        faults.push(FieldFault { field, problem });
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_i64() || n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn allows(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(only)) => only == kind || (only == "number" && kind == "integer"),
        Some(Value::Array(any)) => any.iter().any(|t| t.as_str() == Some(kind)),
        _ => false,
    }
}

fn plain_type(schema_type: &Value) -> String {
    let plain = |word: &str| match word {
        "string" => "text in quotes",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list in square brackets",
        "object" => "an object in curly brackets",
        _ => "null",
    };
    match schema_type {
        Value::Array(any) => any.iter().filter_map(Value::as_str).map(plain).collect::<Vec<_>>().join(" or "),
        Value::String(only) => plain(only).to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_fault_of_shape_is_named_at_once() {
        let named = json!({ "Inner": {
            "type": "object", "required": ["email"], "additionalProperties": false,
            "properties": { "email": { "type": "string" }, "tags": { "type": "array", "items": { "type": "string" } } }
        }});
        let schema = json!({
            "type": "object", "required": ["right", "subject"], "additionalProperties": false,
            "properties": {
                "right": { "type": "string", "enum": ["access"] },
                "subject": { "$ref": "#/components/schemas/Inner" },
                "scope": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Inner" }] },
                "details": { "type": ["string", "null"] },
            }
        });
        let named = named.as_object().unwrap();
        let value = json!({
            "right": "all", "subject": { "tags": ["a", 1] }, "scope": null, "details": null, "admin": true
        });
        let found: Vec<String> = faults(&value, &schema, named).into_iter().map(|f| f.field).collect();
        assert_eq!(found, ["right", "subject.tags[1]", "subject.email", "admin"]);
        assert!(faults(&json!({"right": "access", "subject": {"email": "x"}}), &schema, named).is_empty());
        assert_eq!(faults(&json!([]), &schema, named)[0].field, "the whole body");
    }
}
