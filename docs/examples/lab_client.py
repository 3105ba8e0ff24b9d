"""A client of a lab's control API in any language: here Python, with its standard library alone.

It knows the address of the lab and nothing else. What can be done, where and with which fields is
read from the lab's OpenAPI document.

    lab = LabClient("http://127.0.0.1:8080")
    resident = lab("newResident", persona="adult")
    lab("lifeEvent", id=resident["id"], event="move")
"""

import json
import ssl
import urllib.error
import urllib.parse
import urllib.request


class Refused(Exception):
    """What a lab or a platform said no to: an HTTP status, and its JSON answer."""

    def __init__(self, status, answer):
        super().__init__(f"{status} {answer}")
        self.status = status
        self.answer = answer


def send(method, url, body=None, headers=None, ca=None):
    """Sends one request and gives the JSON answer.

    body: bytes, or an object to be sent as JSON. ca: PEM file to trust for https. Raises Refused.
    """
    headers = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    context = ssl.create_default_context(cafile=ca) if url.startswith("https:") else None
    try:
        with urllib.request.urlopen(request, timeout=60, context=context) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise Refused(error.code, json.loads(error.read() or b"null")) from None


class LabClient:
    """Calls operations by their operationId, with their fields as keyword arguments."""

    def __init__(self, address):
        self._address = address.rstrip("/")
        document = send("GET", f"{self._address}/control/openapi.json")
        self._operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        }

    def __call__(self, operation_id, **fields):
        method, path, operation = self._operations[operation_id]
        query = {}
        for parameter in operation.get("parameters", []):
            name = parameter["name"]
            if name not in fields:
                continue
            value = fields.pop(name)
            if parameter["in"] == "path":
                path = path.replace("{%s}" % name, urllib.parse.quote(str(value), safe=""))
            else:
                query[name] = value
        url = self._address + path
        if query:
            url += "?" + urllib.parse.urlencode(query)
        return send(method, url, fields if "requestBody" in operation else None)
