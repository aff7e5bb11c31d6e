package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;

/**
 * One range of a relation.
 *
 * @param range one of the relation's ranges
 */
public record Part(Relation relation, JsonObject range) {}
