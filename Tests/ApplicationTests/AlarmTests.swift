import Canvas
import Dashboard
import Domain
import Foundation
import Simulator
import Testing

@testable import Runtime

@Suite("Calling the operator, from the server to the program")
struct AlarmTests {
    /// A program that keeps what it is given, a line for each start.
    ///
    /// Several run at once and end in any order: each writes its line in one piece, so that none tears another's.
    private func recorder(_ directory: TemporaryDirectory) throws -> [String] {
        let path = "\(directory.path)/page"
        let script = """
            #!/bin/sh
            told=$(cat)
            printf '%s %s %s\\n' "$NOCTURNE_EVENT" "$NOCTURNE_ID" "$told" >> "$1"
            """
        try script.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return [path, "\(directory.path)/told"]
    }

    private struct Told {
        var event: String
        var id: String
        var object: [String: Any]
    }

    private func told(_ directory: TemporaryDirectory) -> [Told] {
        directory.text(of: "told").split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3,
                let object = try? JSONSerialization.jsonObject(with: Data(parts[2].utf8)) as? [String: Any]
            else { return nil }
            return Told(event: String(parts[0]), id: String(parts[1]), object: object)
        }
    }

    @Test(
        "what is there at the start calls nobody; what comes then rings, tells the desktop and starts the program"
    )
    func alarm() async throws {
        let directory = try TemporaryDirectory()
        let rule = AlarmRule(rings: true, notification: .osc9, command: try recorder(directory))
        try await withApplication(alarms: [rule]) { app, provider in
            await app.waitUntilIdle()
            let known = Set(app.alerts(of: "core") + app.alerts(of: "edge"))
            #expect(!known.isEmpty)
            #expect(app.terminal.record.emitted.isEmpty && told(directory).isEmpty)
            for _ in 0..<120 where told(directory).isEmpty {
                provider.world.advance(by: 60)
                app.pass(60)
                await app.waitUntilIdle()
            }
            let first = try #require(told(directory).first)
            #expect(["new", "worse"].contains(first.event))
            #expect(first.object["event"] as? String == first.event)
            #expect(first.object["id"] as? String == first.id && first.object["kind"] as? String == "alert")
            #expect(first.object["severity"] is String && first.object["at"] is String)
            let emitted = app.terminal.record.emitted
            #expect(String(decoding: emitted, as: UTF8.self).contains("\u{1B}]9;nocturne: "))
            #expect(emitted.last == 7)
        }
    }

    @Test(
        "a backend that comes back calls for what is new, and for nothing that was known before it was lost")
    func gap() async throws {
        let directory = try TemporaryDirectory()
        let rule = AlarmRule(
            events: [.new, .lost, .back], command: try recorder(directory), damping: (100, 600))
        try await withApplication(alarms: [rule]) { app, provider in
            await app.waitUntilIdle()
            let known = Set((app.alerts(of: "core") + app.alerts(of: "edge")).map(\.id))
            provider.core.setFaults([Fault(.status(500))])
            for _ in 0..<40 where !told(directory).contains(where: { $0.event == "lost" }) {
                app.pass(20)
                await app.waitUntilIdle()
            }
            let lost = try #require(told(directory).first)
            #expect(lost.event == "lost" && lost.object["backend"] as? String == "core")
            provider.core.setFaults([])
            for _ in 0..<40 where !told(directory).contains(where: { $0.event == "back" }) {
                app.pass(20)
                await app.waitUntilIdle()
            }
            let told = told(directory)
            #expect(told.map(\.event) == ["lost", "back"])
            #expect(!known.isEmpty)
        }
    }
}
