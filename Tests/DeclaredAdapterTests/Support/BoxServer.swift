import AdapterKit
import Configuration
import DeclaredAdapter
import Domain

/// An adapter for boxes, which a test's lines of the file describe, with its server.
func boxServer(_ more: String = "", fields: String = "", commands: String = "") throws -> (
    any Adapter, ScriptedServer
) {
    let read = adapterFile(
        """
        title = "Mine"
        [server]
        path = "/version"
        expect = "/version"
        [[resource]]
        kind = "device"
        plural = "boxes"
        path = "/boxes"
        rows = "/boxes"
        id = "{/id}"
        \(more)
        [[resource.field]]
        key = "name"
        from = "/name"
        \(fields)
        \(commands)
        """)
    guard let description = read.description else {
        throw Unusable(complaints: read.complaints.map(\.description))
    }
    let server = ScriptedServer()
    server["/version"] = #"{"version":"1"}"#
    return (Declared.descriptor(description).make(ScriptedServer.settings, server), server)
}
