//! What the macros were given, as our structs have it.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// The macros' options as our structs have them: `text` and `html` as one `content`, `titleText` and `titleHtml` as `title`
/// and so on; numbers as text; what nunjucks takes for nothing left out.
pub(super) fn options(value: Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(content(object.into_iter().filter(|(_, v)| !v.is_null()).collect())),
        Value::Array(items) => Value::Array(items.into_iter().filter(is_something).map(options).collect()),
        Value::Number(number) => Value::String(number.to_string()),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

fn content(mut object: Map<String, Value>) -> Map<String, Value> {
    let mut made = Map::new();
    let mut put = |name: &str, text: Option<Value>, html: Option<Value>| {
        if let Some(html) = html.filter(is_something) {
            made.insert(name.to_owned(), Value::Object(Map::from_iter([("html".to_owned(), html)])));
        } else if let Some(text) = text.filter(|text| *text != Value::Bool(false)) {
            made.insert(name.to_owned(), options(text));
        }
    };
    if object.contains_key("text") || object.contains_key("html") {
        let (text, html) = (object.remove("text"), object.remove("html"));
        put("content", text, html);
    }
    for name in ["title", "summary", "description", "heading", "logo", "options"] {
        let (text, html) = (object.remove(&format!("{name}Text")), object.remove(&format!("{name}Html")));
        put(name, text, html);
    }
    if let Some(Value::Object(slots)) = object.remove("slots") {
        made.insert("slots".to_owned(), Value::Object(slots.into_iter().flat_map(slot).collect()));
    }
    made.extend(object.into_iter().map(|(name, value)| (name, options(value))));
    made
}

/// A slot is given as HTML, or as HTML with where it stands.
fn slot((name, value): (String, Value)) -> Vec<(String, Value)> {
    match value {
        Value::String(html) => vec![(name, Value::Object(Map::from_iter([("html".to_owned(), Value::String(html))])))],
        Value::Object(mut object) => {
            let inline = object.remove("align").is_some_and(|align| align == "inline");
            vec![(name, Value::Object(object)), ("endInline".to_owned(), Value::Bool(inline))]
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => vec![(name, value)],
    }
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::String(text) => !text.is_empty(),
        Value::Object(object) => !object.is_empty(),
        Value::Number(_) | Value::Array(_) => true,
    }
}

/// A number that the macros also take as text.
pub(in super::super) fn number<'de, D: Deserializer<'de>, T: std::str::FromStr>(
    from: D,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map(Some).map_err(|_| serde::de::Error::custom(format!("not a number: {text}")))
}

/// Every text of every case, with what would end an attribute, a tag and a text. Where our structs want one of a few words, a
/// number, or HTML, it stays as it is.
pub(super) fn hostile(value: &Value, name: &str) -> Value {
    match value {
        Value::Object(object) => Value::Object(object.iter().map(|(n, v)| (n.clone(), hostile(v, n))).collect()),
        Value::Array(items) => Value::Array(items.iter().map(|item| hostile(item, name)).collect()),
        Value::String(text) if !["html", "type"].contains(&name) && text.parse::<f64>().is_err() => {
            Value::String(format!("{text}{HOSTILE}"))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

const HOSTILE: &str = r#""'></textarea></title><x-evil onload=evil></x-evil>&quot;{{ evil }}"#;
