import Domain
import Foundation
import Testing

@testable import History

@Suite("A history that can't be used")
struct FaultTests {
    private let change = StateChange(
        EntityName(backend: "core", kind: .device, id: "1"), name: "edge1", before: "up", after: "down",
        seenAt: Timestamp(100))

    private func kind(_ work: () throws -> Void) -> HistoryError.Kind? {
        do {
            try work()
            return nil
        } catch { return (error as? HistoryError)?.kind }
    }

    @Test(
        "every earlier format is brought up to date with what it holds", arguments: 0...HistorySchema.version)
    func migration(version: Int) throws {
        let archive = try Archive()
        try FileManager.default.createDirectory(
            atPath: archive.directory + "/state", withIntermediateDirectories: true)
        let file = try Database(archive.path, creates: true)
        for step in HistorySchema.steps.prefix(version) { try file.run(step) }
        try file.run("PRAGMA user_version = \(version)")
        if version > 0 {
            try file.run(
                """
                INSERT INTO subject(id, backend, kind, entity, name, device, site)
                VALUES(1, 'core', 'device', '1', 'edge1', '', 'Zurich');
                INSERT INTO change(subject, seen, before, after, severity) VALUES(1, 50, 'up', 'down', 3)
                """)
        }
        _ = try archive.store.record([change])
        // What this version adds works in a file of any other.
        let meter = Meter(archive.store)
        try meter.read(at: 1_000) { _ in 7 }
        #expect(try meter.samples(of: 1).map { $0.mean.rounded() } == [7])
        let all = try archive.all()
        #expect(all.map(\.seenAt.seconds) == (version > 0 ? [50, 100] : [100]))
        #expect(try archive.store.facts(isThorough: true).faults.isEmpty)
    }

    @Test("a file of a newer version is left as it is, in words")
    func newer() throws {
        let archive = try Archive()
        _ = try archive.store.record([change])
        archive.store.close()
        try Database(archive.path, creates: false).run("PRAGMA user_version = 99")
        let before = try Data(contentsOf: URL(filePath: archive.path))
        #expect(kind { _ = try archive.store.record([change]) } == .newer)
        #expect(kind { _ = try archive.all() } == .newer)
        #expect(try Data(contentsOf: URL(filePath: archive.path)) == before)
        #expect(archive.files == ["history.sqlite"])
    }

    @Test("a file that a newer nocturne changes while it is open is not written from then on")
    func newerMeanwhile() throws {
        let archive = try Archive()
        _ = try archive.store.record([change])
        try Database(archive.path, creates: false).run("PRAGMA user_version = 99")
        var later = change
        later.after = "up"
        #expect(kind { _ = try archive.store.record([later]) } == .newer)
        try Database(archive.path, creates: false).run("PRAGMA user_version = \(HistorySchema.version)")
        #expect(try archive.another().recall(HistoryQuery(since: Timestamp(0))).changes.count == 1)
    }

    @Test("a damaged file gets another name, once in words, and a new one is begun")
    func damaged() throws {
        let archive = try Archive()
        _ = try archive.store.record([change])
        archive.store.close()
        let rubbish = Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try rubbish.write(to: URL(filePath: archive.path))
        #expect(try archive.store.record([change]).map(\.place) == [1])
        let aside = try #require(archive.files.first { $0.contains("damaged") })
        #expect(try Data(contentsOf: URL(filePath: archive.directory + "/state/" + aside)) == rubbish)
        #expect(archive.store.notices().map { $0.contains(aside) } == [true])
        #expect(archive.store.notices().isEmpty)
        #expect(try archive.all().count == 1)
    }

    @Test("a file that is damaged while it is open is set aside too; another process takes the new one")
    func damagedOpen() throws {
        let archive = try Archive()
        let other = archive.another()
        _ = try archive.store.record(
            (0..<200).map { number in
                var change = change
                change.entity.id = "\(number)"
                return change
            })
        _ = try other.recall(HistoryQuery(since: Timestamp(0)))
        // All of it in the file itself, so that nothing else has it.
        _ = try archive.store.prune(at: Timestamp(100))
        archive.store.close()
        let file = try #require(FileHandle(forWritingAtPath: archive.path))
        try file.seek(toOffset: 4_096)
        try file.write(contentsOf: Data(repeating: 0xFF, count: 40_000))
        try file.close()
        _ = try archive.store.record([change])
        #expect(try archive.all().count == 1)
        #expect(try other.recall(HistoryQuery(since: Timestamp(0))).changes.count == 1)
        #expect(archive.files.filter { $0.contains("damaged") && $0.hasSuffix("Z") }.count == 1)
    }

    @Test("a full disk loses what could not be written, and nothing else")
    func full() throws {
        let archive = try Archive()
        _ = try archive.store.record([change])
        archive.store.close()
        archive.store.limit(pages: 1)
        let many = (0..<2_000).map { number in
            var change = change
            change.entity.id = "more \(number)"
            return change
        }
        #expect(kind { _ = try archive.store.record(many) } == .full)
        #expect(try archive.all().count == 1)
        archive.store.close()
        archive.store.limit(pages: nil)
        #expect(try archive.store.record(many).count == 2_000)
        #expect(try archive.store.facts(isThorough: true).faults.isEmpty)
    }

    @Test("a directory in its place, or a file in place of its directory, is said in words")
    func noFile() throws {
        let archive = try Archive()
        try FileManager.default.createDirectory(
            atPath: archive.path, withIntermediateDirectories: true)
        #expect(kind { _ = try archive.store.record([change]) } == .unavailable)
        let blocked = try Archive()
        try Data().write(to: URL(filePath: blocked.directory + "/state"))
        #expect(kind { _ = try blocked.all() } == .unavailable)
    }

    /// Does something as a user without rights on what the tests make, as far as files go.
    private func asNobody(_ work: () throws -> Void) throws {
        typealias SetUser = @convention(c) (UInt32) -> Int32
        let symbol = try #require(dlsym(nil, "setfsuid"))
        let set = unsafeBitCast(symbol, to: SetUser.self)
        // Of this thread alone, and root without it is not bound by any mode.
        _ = set(65_534)
        defer { _ = set(geteuid()) }
        try work()
    }

    @Test("a directory that can't be written is said in words, and nothing in it is touched")
    func readOnlyDirectory() throws {
        let archive = try Archive()
        _ = try archive.store.record([change])
        archive.store.close()
        try Database(archive.path, creates: false).run("PRAGMA journal_mode = DELETE")
        let state = archive.directory + "/state"
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: archive.directory)
        try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: archive.path)
        try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: state)
        defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: state) }
        var found: HistoryError?
        try asNobody {
            do { _ = try archive.another().record([change]) } catch { found = error as? HistoryError }
        }
        let error = try #require(found)
        #expect([.readOnly, .unavailable].contains(error.kind))
        #expect(error.words.contains(archive.path) && error.words.contains("no history is recorded"))
        #expect(archive.files == ["history.sqlite"])
        try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: state)
        try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: archive.path)
        #expect(try archive.all().count == 1)
    }

    @Test("a file that was removed while it was open is begun again")
    func removed() throws {
        let archive = try Archive()
        _ = try archive.store.record([change])
        for name in archive.files {
            try FileManager.default.removeItem(atPath: archive.directory + "/state/" + name)
        }
        #expect(try archive.store.record([change]).map(\.place) == [1])
    }
}
