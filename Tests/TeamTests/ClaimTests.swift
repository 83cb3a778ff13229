import CLinux
import Domain
import Foundation
import RealServer
import Synchronization
import Testing

@testable import Team

extension TeamTests {
    struct ClaimTests {
        private func claim(
            _ id: String = TeamLedger.newClaimID(), note: String = "splicer on site",
            for length: Double? = 3_600
        ) -> ClaimOrder {
            .make(
                id: id, server: "librenms https://nms.example.net:443/api/v0", kind: "alert", entity: "7",
                name: "edge1 down", note: note, length: length)
        }

        @Test
        func
            `a claim is on twenty other screens and a wallboard within two seconds, and given back there too`()
            async throws
        {
            let room = try TeamRoom()
            let ana = try Holder(room.postgres.url(as: "noc"))
            let others = try (0..<20).map {
                try Holder(room.postgres.url(as: $0 == 0 ? "wall" : "noc"), user: "op\($0)", host: "noc2")
            }
            for screen in others + [ana] { await screen.wait { $0.mayClaim != nil && $0.problem == nil } }
            #expect(others[0].claims.mayClaim == false)
            #expect(others[1].claims.mayClaim == true)
            let began = ContinuousClock.now
            ana.ledger.take([claim("one")])
            for screen in others { await screen.wait { $0.claims.map(\.id) == ["one"] } }
            let took = ContinuousClock.now - began
            print("a claim at \(others.count) others after \(took)")
            #expect(took < .seconds(2))
            let seen = try #require(others[1].claims.claims.first)
            #expect(seen.isShared)
            #expect(
                (seen.owner, seen.host, seen.note, seen.name) == (
                    "ana", "noc1", "splicer on site", "edge1 down"
                ))
            let left = Double((seen.endsAt ?? 0) - clinux_boot_nanoseconds()) / 1e9
            #expect((3_580...3_600).contains(left))
            ana.ledger.take([.change(id: "one", note: "waiting for power", length: nil)])
            for screen in others {
                await screen.wait {
                    $0.claims.first?.note == "waiting for power" && $0.claims.first?.endsAt == nil
                }
            }
            ana.ledger.take([.end(id: "one")])
            for screen in others { await screen.wait { $0.claims.isEmpty } }
            for screen in others + [ana] { screen.ledger.close() }
        }

        @Test
        func
            `made while PostgreSQL is away it is here at once, not shared yet, and there once when it is back, also by another process`()
            async throws
        {
            let room = try TeamRoom()
            let ana = try Holder(room.postgres.url(as: "noc"))
            let ben = try Holder(room.postgres.url(as: "noc"), user: "ben", host: "noc2")
            for screen in [ana, ben] { await screen.wait { $0.problem == nil } }
            ana.ledger.take([claim("before")])
            await ben.wait { $0.claims.count == 1 }
            room.postgres.kill()
            for screen in [ana, ben] { await screen.wait { $0.problem != nil } }
            // What was known stays known, and is said to be old.
            #expect(ben.claims.claims.map(\.id) == ["before"])
            let began = ContinuousClock.now
            ana.ledger.take([claim("alone")])
            ben.ledger.take([claim("also", note: "me too")])
            #expect(ContinuousClock.now - began < .milliseconds(500))
            #expect(ana.claims.claims.map(\.isShared) == [true, false])
            // The process of one ends before it can deliver.
            ana.ledger.close()
            try room.postgres.start()
            let next = try Holder(room.postgres.url(as: "noc"), after: ana.directory)
            for screen in [ben, next] {
                await screen.wait {
                    $0.problem == nil && $0.claims.count == 3 && $0.claims.allSatisfy(\.isShared)
                }
            }
            // Both are shown: nobody is silently overwritten.
            #expect(Set(ben.claims.claims.map(\.id)) == ["before", "alone", "also"])
            #expect(
                try room.postgres.sql("SELECT count(*) FROM nocturne.claims WHERE id = 'alone'") == "1\n")
            #expect(next.ledger.shelf.file.steps.isEmpty)
            // Delivered once more, as by a process that was killed before it could note it, it is no second one,
            // and one that a colleague ended does not come back.
            ben.ledger.take([.end(id: "alone")])
            await next.wait { $0.claims.count == 2 }
            next.ledger.take([claim("alone")])
            next.ledger.take([claim("later")])
            await ben.wait { $0.claims.contains { $0.id == "later" } }
            #expect(!ben.claims.claims.contains { $0.id == "alone" })
            for screen in [ben, next] { screen.ledger.close() }
        }

        @Test
        func `a claim survives the crash of PostgreSQL, and ends at its end by the clock of the database`()
            async throws
        {
            let room = try TeamRoom()
            let ana = try Holder(room.postgres.url(as: "noc"))
            await ana.wait { $0.problem == nil }
            ana.ledger.take([claim("long", for: nil), claim("short", for: 4)])
            await ana.wait { $0.claims.count == 2 && $0.claims.allSatisfy(\.isShared) }
            room.postgres.kill()
            await ana.wait { $0.problem != nil }
            try room.postgres.start()
            let ben = try Holder(room.postgres.url(as: "noc"), user: "ben", host: "noc2")
            await ben.wait { $0.problem == nil }
            #expect(ben.claims.claims.contains { $0.id == "long" })
            try room.postgres.sql(
                "UPDATE nocturne.claims SET ends_at = now() - interval '1 second' WHERE id = 'short'")
            ana.ledger.take([claim("other")])
            await ben.wait { Set($0.claims.map(\.id)) == ["long", "other"] }
            for screen in [ana, ben] { screen.ledger.close() }
        }

        /// A file of steps in a directory of its own.
        private func file() throws -> ClaimFile {
            let directory = FileManager.default.temporaryDirectory.appending(
                path: "shelf-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            return ClaimFile(path: directory.appending(path: "waiting").path)
        }

        private func step(_ order: ClaimOrder, at: Int64 = 1_795_230_862) -> ClaimStep {
            ClaimStep(order, owner: "ana", host: "noc1", at: at)
        }

        @Test func `what is said last of claims is the newest`() throws {
            let box = Mutex<(shelf: ClaimShelf?, heard: [Int], isSecond: Bool)>((nil, [], false))
            let second = DispatchSemaphore(value: 0)
            let one = step(claim("one", for: nil)), two = step(claim("two", for: nil))
            let shelf = ClaimShelf(try file()) { claims in
                let isFirst = box.withLock { $0.heard.isEmpty && !$0.isSecond && claims.claims.count == 1 }
                if isFirst {
                    box.withLock { $0.isSecond = true }
                    // Another thread does something while this one is about to say what it knows.
                    let shelf = box.withLock { $0.shelf }
                    Thread.detachNewThread {
                        shelf?.add([two])
                        second.signal()
                    }
                    _ = second.wait(timeout: .now() + 0.5)
                }
                box.withLock { $0.heard.append(claims.claims.count) }
            }
            box.withLock { $0.shelf = shelf }
            shelf.add([one])
            while box.withLock({ $0.heard.count }) < 2 { sched_yield() }
            #expect(box.withLock { $0.heard } == [1, 2])
            box.withLock { $0.shelf = nil }
        }

        @Test
        func
            `a claim is seen at once, is delivered when it is in the file, and not once more when it is not there`()
            throws
        {
            let file = try file()
            let box = Mutex<(shelf: ClaimShelf?, waited: [Bool])>((nil, []))
            let shelf = ClaimShelf(file) { _ in
                box.withLock { box in box.waited.append(box.shelf?.isWaiting ?? false) }
            }
            box.withLock { $0.shelf = shelf }
            let one = step(claim("one")), two = step(claim("two"))
            shelf.add([one, two])
            #expect(box.withLock { $0.waited } == [false])
            #expect(shelf.isWaiting)
            #expect(file.steps == [one, two])
            // Another process took them up, and the first delivered one of them and more.
            let other = ClaimShelf(file) { _ in }
            other.takeUp()
            let three = step(claim("three"))
            #expect(other.due([two, three]).due == [two, three])
            #expect(other.due([two, three]).gone == [one])
            // Where the file is another's at the moment nothing is known.
            #expect(other.due(nil).due == [])
            #expect(other.due(nil).gone == [])
            other.delivered([one, two])
            #expect(!other.isWaiting)
            // What no file can have is delivered from here.
            let alone = ClaimShelf(ClaimFile(path: "/dev/null/none")) { _ in }
            alone.add([one])
            #expect(alone.due(nil).due == [one])
            box.withLock { $0.shelf = nil }
        }

        @Test func `a change that is delivered once more does not undo a newer one`() throws {
            let room = try TeamRoom()
            let link = try TeamLink.connect(
                TeamSettings(url: room.postgres.url(as: "noc")).parameters(name: "x", patience: 3), within: 3)
            let now: Int64 = 1_795_230_862
            func note() throws -> String { try ClaimTable.read(link, now: 0).first?.note ?? "" }
            try ClaimTable.perform(step(claim("one", for: nil), at: now - 100), wall: now, link)
            let older = step(.change(id: "one", note: "older", length: nil), at: now - 60)
            try ClaimTable.perform(older, wall: now, link)
            #expect(try note() == "older")
            try ClaimTable.perform(
                step(.change(id: "one", note: "newer", length: nil), at: now - 30), wall: now, link)
            #expect(try note() == "newer")
            try ClaimTable.perform(older, wall: now, link)
            #expect(try note() == "newer")
            // Within one second the order counts.
            try ClaimTable.perform(
                step(.change(id: "one", note: "at once", length: nil), at: now - 30), wall: now, link)
            #expect(try note() == "at once")
        }

        @Test func `a claim that waits for one team is not another's`() async throws {
            let room = try TeamRoom()
            let ana = try Holder("postgresql://nobody@127.0.0.1:1/none")
            ana.ledger.take([claim("secret")])
            await ana.wait { $0.claims.count == 1 }
            ana.ledger.close()
            let other = try Holder(room.postgres.url(as: "noc"), after: ana.directory)
            other.ledger.take([claim("own")])
            await other.wait { $0.problem == nil && $0.claims.contains { $0.id == "own" && $0.isShared } }
            #expect(other.claims.claims.map(\.id) == ["own"])
            #expect(try room.postgres.sql("SELECT id FROM nocturne.claims") == "own\n")
            #expect(ana.ledger.shelf.file.steps.count == 1)
            other.ledger.close()
        }

        @Test func `of two at the same moment both see both, in the same order`() async throws {
            let room = try TeamRoom()
            let ana = try Holder(room.postgres.url(as: "noc"))
            let ben = try Holder(room.postgres.url(as: "noc"), user: "ben", host: "noc2")
            for screen in [ana, ben] { await screen.wait { $0.problem == nil } }
            async let first: Void = ana.ledger.take([claim("a")])
            async let second: Void = ben.ledger.take([claim("b")])
            _ = await (first, second)
            for screen in [ana, ben] {
                await screen.wait { $0.claims.count == 2 && $0.claims.allSatisfy(\.isShared) }
            }
            #expect(ana.claims.claims.map(\.id) == ben.claims.claims.map(\.id))
            for screen in [ana, ben] { screen.ledger.close() }
        }

        @Test func `a wallboard's account makes no claim, and screens remove none but what is long over`()
            throws
        {
            let room = try TeamRoom()
            let row =
                "(id, server, kind, entity, name, owner, host, note, made_at) VALUES ('x', '', '', '', '', '', '', '', now())"
            for statement in [
                "SET ROLE wall; INSERT INTO nocturne.claims \(row)",
                "SET ROLE wall; UPDATE nocturne.claims SET note = ''",
                "SET ROLE noc; DELETE FROM nocturne.claims",
                "SET ROLE noc; UPDATE nocturne.claims SET owner = ''",
            ] {
                #expect(throws: (any Error).self, "\(statement)") { try room.postgres.sql(statement) }
            }
            try room.postgres.sql("SET ROLE noc; INSERT INTO nocturne.claims \(row)")
            try room.postgres.sql(
                "UPDATE nocturne.claims SET stored_at = now() - interval '1 year', made_at = now() - interval '1 year'"
            )
            try room.postgres.sql("SET ROLE noc; SELECT nocturne.tidy_ledger()")
            #expect(try room.postgres.sql("SELECT count(*) FROM nocturne.claims") == "1\n")
            try room.postgres.sql("UPDATE nocturne.claims SET ended_at = now() - interval '31 days'")
            try room.postgres.sql("SET ROLE noc; SELECT nocturne.tidy_ledger()")
            #expect(try room.postgres.sql("SELECT count(*) FROM nocturne.claims") == "0\n")
        }
    }
}

/// A screen as far as claims go.
final class Holder: Sendable {
    private struct Known {
        var claims = TeamClaims(claims: [], problem: "nothing yet", mayClaim: nil)
        var waiting: [(test: @Sendable (TeamClaims) -> Bool, CheckedContinuation<Void, Never>)] = []
    }

    let directory: URL
    let ledger: TeamLedger
    private let known: Box

    private final class Box: Sendable { let known = Mutex(Known()) }

    var claims: TeamClaims { known.known.withLock { $0.claims } }

    init(_ url: String, user: String = "ana", host: String = "noc1", after directory: URL? = nil) throws {
        self.directory =
            directory ?? FileManager.default.temporaryDirectory.appending(path: "holder-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: self.directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let known = Box()
        self.known = known
        ledger = TeamLedger(
            TeamSettings(url: url), member: TeamMember(name: "\(user)@\(host)", version: "0", servers: []),
            place: LedgerPlace(
                log: self.directory.appending(path: "audit.jsonl").path, state: self.directory.path,
                user: user,
                host: host, servers: [:])
        ) { claims in
            let due = known.known.withLock { known in
                known.claims = claims
                let due = known.waiting.filter { $0.test(claims) }.map(\.1)
                known.waiting.removeAll { $0.test(claims) }
                return due
            }
            for one in due { one.resume() }
        }
        ledger.start()
    }

    /// Waits until the claims are so.
    func wait(_ test: @escaping @Sendable (TeamClaims) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isDue = known.known.withLock { known in
                if test(known.claims) { return true }
                known.waiting.append((test, continuation))
                return false
            }
            if isDue { continuation.resume() }
        }
    }
}
