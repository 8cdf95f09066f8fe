"""Puts things that are there in the place of most identifiers that are made up, so that cases reach more than “not
found”. Identifiers that are wrong on purpose stay wrong."""

import json
import os
import re
import zlib

import schemathesis

IDENTIFIER = re.compile(r"ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
with open(os.environ["CREDWAY_API_CHECK_THINGS"], encoding="utf-8") as file:
    THINGS = json.load(file)


def chosen(among, seed):
    """One of several, the same for the same seed; none in one case of four."""
    number = zlib.crc32(repr(seed).encode())
    return among[number // 4 % len(among)] if among and number % 4 else None


def kind_of(context):
    """The kind of thing an operation is about."""
    return context.operation.path.split("/")[3]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if not isinstance(path_parameters, dict):
        return path_parameters
    given = path_parameters.get("id")
    if isinstance(given, str) and IDENTIFIER.fullmatch(given):
        path_parameters["id"] = chosen(THINGS.get(kind_of(context), []), given) or given
    given = path_parameters.get("subject")
    if isinstance(given, str) and IDENTIFIER.search(given):
        path_parameters["subject"] = chosen(THINGS["subjects"], given) or given
    return path_parameters


@schemathesis.hook
def map_query(context, query):
    if isinstance(query, dict):
        for name, kind in (("domain", "domains"), ("focus", "focuses"), ("subject", "crosswalks")):
            given = query.get(name)
            if isinstance(given, str) and IDENTIFIER.fullmatch(given):
                query[name] = chosen(THINGS[kind], given) or given
    return query


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict):
        given = (body.get("statement"), body.get("target"))
        if all(isinstance(one, str) and IDENTIFIER.fullmatch(one) for one in given):
            body["statement"], body["target"] = chosen(THINGS["pairs"], given) or given
    return body
