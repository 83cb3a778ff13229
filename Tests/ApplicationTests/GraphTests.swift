import Canvas
import Dashboard
import Domain
import Foundation
import Testing

@testable import Simulator
@testable import nocturne

@Suite("Graphs of a server on the screen", .timeLimit(.minutes(15)))
struct GraphTests {
    private func open(_ app: Application) async throws {
        await app.waitUntilIdle()
        app.press("1")
        let table = try #require(app.state.backends.first { $0.name == "core" }?.tables[.device])
        let row = try #require((0..<table.count).first { table.name($0).contains("core") })
        app.select(table.refs[row])
        app.press("Enter")
        await app.waitUntilIdle()
        app.press("v")
        await app.waitUntilIdle()
    }

    @Test("a device's graph is drawn in cells, at another range, and saved as the file the server drew")
    func device() async throws {
        try await withApplication(size: Size(80, 24)) { app, provider in
            try await open(app)
            app.expect(shows: "› graphs")
            app.press("Enter")
            await app.until(shows: "▄")
            app.expect(shows: "· 1 d")
            app.press("-")
            await app.until(shows: "· 1 w")
            await app.waitUntilIdle()
            app.press("w")
            await app.until(shows: "saved as")
            let folder = URL(filePath: app.directory.path).appending(path: "graphs")
            let files = try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
            let file = try #require(files.first)
            #expect(files.count == 1 && file.lastPathComponent.hasPrefix("core_device-"))
            #expect(try Data(contentsOf: file).starts(with: [0x89, 0x50, 0x4E, 0x47]))
            let facts = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect((facts[.posixPermissions] as? Int ?? 0) & 0o777 == 0o644)
            // A second one is put beside it.
            app.press("w")
            await app.until("there are two files") { _ in
                (try? FileManager.default.contentsOfDirectory(atPath: folder.path).count) == 2
            }
        }
    }

    @Test("a graph is drawn in read-only too, and a server that fails says so in the picture's place")
    func trouble() async throws {
        try await withApplication(isReadOnly: true) { app, provider in
            try await open(app)
            app.press("Enter")
            await app.until(shows: "▄")
            await app.waitUntilIdle()
            provider.core.setFaults([Fault(.truncated, at: "/api/v0/devices/")])
            app.press("-")
            await app.until(shows: "r asks again")
            app.expect(hides: "▄")
            provider.core.setFaults([])
            app.press("r")
            await app.until(shows: "▄")
            app.press("Esc")
            app.expect(shows: "› graphs")
        }
    }
}
