//! The API in OpenAPI 3.1, made of its own table.

use serde_json::{Map, Value, json};

use super::super::reply::{Reply, json as reply};
use super::{ENDPOINTS, Endpoint, Param};
use crate::queries;

pub async fn openapi() -> Reply {
    let mut paths: Map<String, Value> = ENDPOINTS.iter().map(|e| (e.path.to_owned(), path(e))).collect();
    paths.insert("/api/queries/{name}".into(), named());
    paths.insert("/api/curate".into(), curate());
    reply(&json!({
        "openapi": "3.1.0",
        "info": {
            "title": "diplograph",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A graph of diplomatic relations in which every edge cites its sentence. Decisions need the token that the server was started with.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": { "schemas": { "Problem": problem() },
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } },
    }))
}

fn path(endpoint: &Endpoint) -> Value {
    let id = endpoint.path.trim_start_matches("/api/").replace('/', "_");
    json!({ "get": {
        "operationId": id,
        "summary": endpoint.about,
        "parameters": endpoint.params.iter().map(param).collect::<Vec<_>>(),
        "responses": responses("application/json"),
    } })
}

fn named() -> Value {
    let names: Vec<_> = queries::list().iter().map(|q| q.name.as_str()).collect();
    let values = "the parameters of the question, which GET /api/queries lists";
    json!({ "get": {
        "operationId": "ask",
        "summary": "The answer to a question that has a name.",
        "parameters": [
            { "name": "name", "in": "path", "required": true, "schema": { "type": "string", "enum": names } },
            { "name": "values", "in": "query", "description": values, "style": "form", "explode": true,
              "schema": { "type": "object", "additionalProperties": { "type": "string" } } },
        ],
        "responses": responses("application/sparql-results+json"),
    } })
}

fn curate() -> Value {
    let (text, number) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    let properties = json!({ "action": { "type": "string", "enum": ["accept", "reject", "split", "merge", "undo"] },
        "facts": { "type": "array", "items": text, "description": "to accept, reject or split" },
        "a": text, "b": text, "note": text, "number": number });
    let schema = json!({ "type": "object", "required": ["action"], "properties": properties });
    json!({ "post": {
        "operationId": "curate",
        "summary": "Accepts, rejects or splits facts, merges two events or actors (a keeps its name), or undoes a decision.",
        "security": [{ "token": [] }],
        "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
        "responses": responses("application/json"),
    } })
}

fn param(param: &Param) -> Value {
    json!({ "name": param.name, "in": "query", "required": param.required, "description": param.about,
        "schema": { "type": "string" }, "example": param.example })
}

fn responses(media: &str) -> Value {
    let problem = |about: &str| {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        json!({ "description": about, "content": { "application/problem+json": { "schema": schema } } })
    };
    json!({
        "200": { "description": "The answer.", "content": { media: { "schema": { "type": "object" } } } },
        "400": problem("The request is wrong."),
        "404": problem("There is no such thing."),
        "503": problem("It took too long, or the server is busy."),
    })
}

fn problem() -> Value {
    let text = json!({ "type": "string" });
    json!({ "type": "object", "required": ["type", "title", "status", "detail"], "properties": {
        "type": text, "title": text, "status": { "type": "integer" }, "detail": text, "next": text } })
}
