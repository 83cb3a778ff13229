import AdapterKit
import Configuration
import Domain
import Foundation
import HTTP

/// A directory of one test, removed with it.
final class Scratch {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(
            path: "configuration-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// The path of a file in it.
    func path(_ name: String) -> String { directory.appending(path: name).path }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ text: String, to name: String = "config.toml", permissions: Int = 0o600) throws -> String {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
        return file.path
    }

    /// Reads a configuration that is written for it.
    func read(_ text: String, permissions: Int = 0o600) throws -> Settings.Reading {
        Settings.read(
            try write(text, permissions: permissions), adapters: Example.adapters,
            directories: Directories(environment: ["HOME": directory.path]))
    }
}

/// Kinds of backends that only these tests know.
enum Example {
    static let adapters = [
        AdapterDescriptor(
            kind: "librenms", title: "LibreNMS", basePath: "/api/v0", authentication: .token,
            credentialHeader: "X-Auth-Token", reads: []
        ) { _, _ in NoAdapter() },
        AdapterDescriptor(
            kind: "krill", title: "Krill", basePath: "/api/v2", authentication: .password, reads: []
        ) { _, _ in NoAdapter() },
    ]

    /// One sound backend.
    static let core = """
        [[backend]]
        name = "core"
        kind = "librenms"
        url = "https://nms.example.net"
        token = { env = "NMS_TOKEN" }

        """

    struct NoAdapter: Adapter {
        var resources: [ResourceDescriptor] { [] }
        var commands: [CommandDescriptor] { [] }
        func check() async throws(BackendError) -> ServerInfo { throw BackendError(.unsupported, "none") }
        func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
            throw BackendError(.unsupported, "none")
        }
        func detail(
            of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
        ) async throws(BackendError) -> Detail {
            throw BackendError(.unsupported, "none")
        }
        func prepare(_ command: Command) async throws(BackendError) -> Plan {
            throw BackendError(.unsupported, "none")
        }
        func verify(
            _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
        ) async -> [Outcome] { [] }
        func credentials() async throws(BackendError) -> [Header] { [] }
    }
}
