import Domain
import Foundation
import HTTP
import Testing

@testable import Audit

@Suite("Writing the audit log")
struct WritingTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test("a command is on disk, with who and what and without secrets, before its receipts exist")
    func record() throws {
        let admission = try Example.log(scratch).begin(Example.intent([7, 8]))
        #expect(admission.isRecorded)
        #expect(admission.receipts.map(\.step) == [0, 1])
        #expect(admission.receipts.allSatisfy { $0.record == admission.record })
        let line = try #require(try scratch.lines().first)
        let record = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(record["record"] as? String == "command")
        #expect(record["id"] as? String == admission.record)
        #expect(record["time"] as? String == "2026-11-21T03:14:22Z")
        #expect(record["user"] as? String == "ana")
        #expect(record["host"] as? String == "noc1")
        #expect(record["client"] as? String == "192.0.2.7 50022")
        #expect(record["backend"] as? String == "core")
        #expect(record["command"] as? String == "acknowledge")
        #expect(record["tier"] as? Int == 1)
        #expect((record["entities"] as? [[String: String]])?.map { $0["id"] } == ["7", "8"])
        let arguments = try #require(record["arguments"] as? [String: Any])
        #expect(arguments["note"] as? String == "splicer on site")
        #expect(arguments["until_clear"] as? Bool == true)
        #expect(arguments["pin"] as? String == "•••")
        #expect(!line.contains("hunter2"))
        let request = try #require((record["requests"] as? [[String: String]])?.first)
        #expect(request["method"] == "PUT")
        #expect(request["url"] == "https://nms.example.net/api/v0/alerts/7")
    }

    @Test("an argument that no form asks for is not written, since nobody said that it is no secret")
    func unknownArgument() throws {
        var intent = Example.intent()
        intent.command.arguments["hidden"] = .text("s3cret")
        _ = try Example.log(scratch).begin(intent)
        #expect(!(try scratch.text()).contains("s3cret"))
    }

    @Test("the directory is made for the owner alone, and so is the file")
    func permissions() throws {
        _ = try Example.log(scratch).begin(Example.intent())
        #expect(try Scratch.permissions(scratch.log) == 0o600)
        #expect(try Scratch.permissions((scratch.log as NSString).deletingLastPathComponent) == 0o700)
    }

    @Test(
        "a log that others can read is refused with its path and the fix", arguments: [0o644, 0o660, 0o606])
    func exposed(permissions: Int) throws {
        let log = Example.log(scratch)
        _ = try log.begin(Example.intent())
        try Scratch.setPermissions(permissions, scratch.log)
        let error = try #require(throws: AuditError.self) { try log.begin(Example.intent()) }
        #expect(error.words.contains("chmod 600 \(scratch.log)"))
        #expect(log.check() == error)
        #expect(try scratch.lines().count == 1)
    }

    @Test("a directory that others can change is refused: they could replace the log")
    func exposedDirectory() throws {
        let log = Example.log(scratch)
        #expect(log.check() == nil)
        let directory = (scratch.log as NSString).deletingLastPathComponent
        try Scratch.setPermissions(0o777, directory)
        let error = try #require(log.check())
        #expect(error.words.contains("chmod 700 \(directory)"))
    }

    @Test("what is no file is refused")
    func notAFile() throws {
        try FileManager.default.createDirectory(
            atPath: scratch.log, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let log = Example.log(scratch)
        #expect(throws: AuditError.self) { try log.begin(Example.intent()) }
        #expect(throws: AuditError.self) { try Example.log("/dev/null/audit.jsonl").begin(Example.intent()) }
        let device = try #require(Example.log("/dev/full").check())
        #expect(device.path.hasPrefix("/dev"))
    }

    @Test("a write that fails half way leaves nothing behind")
    func halfWritten() async throws {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            let log = Example.log(scratch)
            _ = try log.begin(Example.intent([1]))
            let before = try scratch.text()
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: rlim_t(before.utf8.count + 100), rlim_max: rlim_t.max)
            setrlimit(__rlimit_resource_t(1 /* RLIMIT_FSIZE */), &limit)
            #expect(throws: AuditError.self) { try log.begin(Example.intent([2])) }
            #expect(try scratch.text() == before)
        }
    }

    @Test("a full disk refuses the command and says so")
    func fullDisk() throws {
        let full = try #require(FileHandle(forUpdatingAtPath: "/dev/full"))
        let error = try #require(throws: AuditError.self) {
            try AuditFile.write([0x7B, 0x7D], to: full.fileDescriptor, at: 0, path: "/var/audit.jsonl")
        }
        #expect(error.words.contains("/var/audit.jsonl can't be written: No space left on device"))
    }

    @Test("with best effort a command may be sent without a record, and its receipts say so")
    func bestEffort() throws {
        _ = try Example.log(scratch).begin(Example.intent())
        try Scratch.setPermissions(0o644, scratch.log)
        let log = Example.log(scratch, mode: .bestEffort)
        let admission = try log.begin(Example.intent())
        #expect(!admission.isRecorded)
        #expect(admission.remark?.path == scratch.log)
        #expect(admission.receipts.first?.record.hasPrefix("unrecorded-") == true)
        #expect(log.finish(admission, []) != nil)
        #expect(try scratch.lines().count == 1)
    }

    @Test("a shared log may be used by a group, must be there, and is for nobody else")
    func shared() throws {
        let path = scratch.directory.appending(path: "team.jsonl").path
        let log = Example.log(path, access: .shared)
        #expect(log.check()?.words.contains("install -m 660 -g GROUP") == true)
        try Data().write(to: URL(filePath: path))
        try Scratch.setPermissions(0o664, path)
        #expect(log.check()?.words.contains("chmod 660") == true)
        try Scratch.setPermissions(0o660, path)
        _ = try log.begin(Example.intent())
        #expect(try log.entries().count == 1)
    }

    @Test("a line that a crash left unfinished is ended before the next record")
    func tornLine() throws {
        let log = Example.log(scratch)
        _ = try log.begin(Example.intent([1]))
        try scratch.append(#"{"record":"command","id":"torn"#)
        _ = try log.begin(Example.intent([2]))
        #expect(try scratch.lines().count == 3)
        #expect(try log.entries().flatMap(\.targets).map(\.id) == ["2", "1"])
    }

    @Test("hostile text stays on its line and can't reach a terminal that prints the log")
    func hostile() throws {
        let note = "a\n{\"record\":\"result\"}\u{1B}]0;x\u{7}\u{202E}\u{9B}2J\r"
        let log = Example.log(scratch)
        _ = try log.begin(Example.intent(note: note))
        let text = try scratch.text()
        #expect(text.filter { $0 == "\n" }.count == 1)
        #expect(
            text.dropLast().unicodeScalars.allSatisfy { $0.value >= 32 && !(0x7F..<0xA0).contains($0.value) })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        let shown = try #require(try log.entries().first?.arguments.first { $0.key == "note" }?.value)
        #expect(!shown.unicodeScalars.contains(where: Cleaning.isHostile))
    }

    @Test("several writers at once spoil no line of each other")
    func writers() async throws {
        let path = scratch.log
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    let log = Example.log(path)
                    for number in 0..<25 {
                        let note = String(repeating: "x", count: 997 * writer)
                        let admission = try log.begin(
                            Example.intent([Int64(writer * 100 + number)], note: note))
                        let outcome = Outcome(Example.alert(Int64(writer * 100 + number)), .verified, "done")
                        #expect(log.finish(admission, [outcome]) == nil)
                    }
                }
            }
            try await group.waitForAll()
        }
        let entries = try Example.log(scratch).entries()
        #expect(entries.count == 200)
        #expect(Set(entries.map(\.id)).count == 200)
        #expect(entries.allSatisfy { $0.state == .finished && $0.targets.first?.outcome == .verified })
    }
}
