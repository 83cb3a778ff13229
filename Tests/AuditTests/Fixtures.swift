import Audit
import Domain
import Foundation

/// A directory of one test, removed with it.
final class Scratch {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    var log: String { directory.appending(path: "state/nocturne/audit.jsonl").path }

    func text() throws -> String { try String(contentsOfFile: log, encoding: .utf8) }
    func lines() throws -> [String] { try text().split(separator: "\n").map(String.init) }

    func append(_ text: String) throws {
        let handle = try FileHandle(forWritingTo: URL(filePath: log))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    static func permissions(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    static func setPermissions(_ permissions: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }
}

/// An acknowledgement of some alerts of one backend.
enum Example {
    static let moment = Timestamp(1_795_230_862)
    static let backend = BackendID(0)

    static func alert(_ id: Int64) -> EntityRef { EntityRef(backend, .alert, id: id) }

    static func log(
        _ scratch: Scratch, access: AuditLog.Access = .own, mode: AuditLog.Mode = .required,
        process: Int32 = ProcessInfo.processInfo.processIdentifier, at time: Timestamp = moment
    ) -> AuditLog {
        log(scratch.log, access: access, mode: mode, process: process, at: time)
    }

    static func log(
        _ path: String, access: AuditLog.Access = .own, mode: AuditLog.Mode = .required,
        process: Int32 = ProcessInfo.processInfo.processIdentifier, at time: Timestamp = moment
    ) -> AuditLog {
        AuditLog(
            path: path, access: access, mode: mode,
            identity: AuditIdentity(user: "ana", host: "noc1", client: "192.0.2.7 50022", process: process)
        ) { time }
    }

    static func intent(
        _ ids: [Int64] = [7], kind: CommandKind = .acknowledge, note: String = "splicer on site",
        limit: Double = 60
    ) -> AuditIntent {
        let targets = ids.map(alert)
        return AuditIntent(
            backend: "core",
            command: Command(
                kind, targets, ["note": .text(note), "pin": .text("hunter2"), "until_clear": .flag(true)]),
            preview: PlanPreview(
                summary: ["acknowledge"],
                targets: targets.map { PlanPreview.Target($0, name: "alert \($0.id)", words: "open") },
                requests: targets.map {
                    PlanPreview.Request(
                        entity: $0, method: "PUT", url: "https://nms.example.net/api/v0/alerts/\($0.id)",
                        body: #"{"note":"splicer"}"#)
                }, tier: .harmless),
            form: [
                FormField("note", "Note", .line(required: false)),
                FormField("pin", "PIN", .secret(required: true)),
                FormField("until_clear", "Until clear", .toggle(initially: true)),
            ], limit: limit)
    }
}
