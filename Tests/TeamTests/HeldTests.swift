import Domain
import Foundation
import RealServer
import Synchronization
import Testing

@testable import Team

extension TeamTests {
    struct HeldTests {
        /// Makes a table take nothing, with an error of PostgreSQL's, until the answer is run.
        private func refuse(
            _ room: TeamRoom, _ table: String, _ state: String, when condition: String = "true"
        ) throws -> String {
            try room.postgres.sql(
                "CREATE FUNCTION public.\(table)_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    + "IF \(condition) THEN RAISE EXCEPTION 'no room' USING ERRCODE = '\(state)'; END IF; "
                    + "RETURN NEW; END $$; CREATE TRIGGER full_disk BEFORE INSERT ON nocturne.\(table) "
                    + "FOR EACH ROW EXECUTE FUNCTION public.\(table)_full()")
            return "DROP TRIGGER full_disk ON nocturne.\(table)"
        }

        private func lines(_ room: TeamRoom) throws -> String {
            try room.postgres.sql("SELECT count(*) FROM nocturne.record")
        }

        @Test func `a full disk stops what is delivered, not who reads, and all is there when it is over`()
            async throws
        {
            let room = try TeamRoom()
            let ana = try Desk(room.postgres.url(as: "noc"))
            let ben = try Desk(room.postgres.url(as: "noc"), user: "ben", host: "noc2")
            try ana.write(1)
            #expect(await ana.ledger.settle(within: 10))
            let isOver = try refuse(room, "record", "53100")
            try ben.write(2)
            #expect(await ben.ledger.settle(within: 2) == false)
            for _ in 0..<20 {
                let seen = try await ben.prepare()
                #expect(seen.lastDone?.contains("was not read") == false)
                #expect(seen.repeats.count == 1)
            }
            #expect(try lines(room) == "2\n")
            try room.postgres.sql(isOver)
            #expect(await ben.ledger.settle(within: 40))
            #expect(try lines(room) == "6\n")
            for desk in [ana, ben] { desk.ledger.close() }
        }

        @Test func `who asks waits for no more than a line of what is delivered`() async throws {
            let room = try TeamRoom()
            try room.postgres.sql(
                "CREATE FUNCTION public.far() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    + "PERFORM pg_sleep(0.05); RETURN NEW; END $$; CREATE TRIGGER far BEFORE INSERT "
                    + "ON nocturne.record FOR EACH ROW EXECUTE FUNCTION public.far()")
            let ana = try Desk(room.postgres.url(as: "noc"))
            #expect(await ana.ledger.settle(within: 10))
            try ana.write(60)
            for _ in 0..<3 {
                let seen = try await ana.prepare()
                #expect(seen.lastDone?.contains("was not read") == false)
            }
            // 120 lines take six seconds: it was still under way.
            #expect(try lines(room) != "120\n")
            #expect(await ana.ledger.settle(within: 60))
            #expect(try lines(room) == "120\n")
            ana.ledger.close()
        }

        @Test func `claims of others are read while a full disk takes none, and say that`() async throws {
            let room = try TeamRoom()
            func claim(_ id: String) -> ClaimOrder {
                .make(id: id, server: "s", kind: "alert", entity: "7", name: "n", note: "", length: nil)
            }
            let ana = try Holder(room.postgres.url(as: "noc"))
            await ana.wait { $0.problem == nil }
            let isOver = try refuse(room, "claims", "53100", when: "NEW.owner = 'ana'")
            ana.ledger.take([claim("own")])
            await ana.wait { $0.problem == "the team's store takes nothing: the database's disk is full" }
            let ben = try Holder(room.postgres.url(as: "noc"), user: "ben", host: "noc2")
            ben.ledger.take([claim("other")])
            await ana.wait { $0.claims.contains { $0.id == "other" && $0.isShared } }
            #expect(ana.claims.claims.first { $0.id == "own" }?.isShared == false)
            try room.postgres.sql(isOver)
            await ana.wait { $0.problem == nil && $0.claims.count == 2 && $0.claims.allSatisfy(\.isShared) }
            for screen in [ana, ben] { screen.ledger.close() }
        }

        @Test func `a line that fails again and again is left out, and what follows is delivered`()
            async throws
        {
            let room = try TeamRoom()
            _ = try refuse(room, "record", "XX000", when: "NEW.part = 'command' AND NEW.owner = 'ana'")
            let heard = Heard()
            let ana = try Desk(room.postgres.url(as: "noc")) { heard.take($0) }
            try ana.write(1)
            let began = ContinuousClock.now
            #expect(await ana.ledger.settle(within: 40))
            print("left out after \(ContinuousClock.now - began)")
            #expect(try lines(room) == "0\n")
            let words =
                "the team does not get a command's line, which its store refuses: the database said: no room"
            #expect(heard.all == [words])
            try room.postgres.sql("DROP TRIGGER full_disk ON nocturne.record")
            try ana.write(1)
            #expect(await ana.ledger.settle(within: 10))
            #expect(try lines(room) == "2\n")
            ana.ledger.close()
        }

        @Test func `what the database never takes is left out at once, what all get is nobody's fault`() {
            var pause = DeliveryPause()
            func leaves(_ state: String, times: Int) -> Bool {
                (0..<times).map { _ in
                    pause.leavesOut("a", TeamError(.refused, "w", state: state))
                }.last ?? false
            }
            #expect(leaves("22021", times: 1))
            #expect(!leaves("53100", times: 50))
            #expect(!leaves("", times: 50))
            #expect(!leaves("XX000", times: DeliveryPause.mostTries - 1))
            #expect(leaves("XX000", times: 1))
            #expect(pause.words == nil)
            pause.begin(TeamError(.refused, "full", state: "53100"), now: 0)
            #expect(pause.isOn(1) && pause.until(1) != nil)
            #expect(pause.words?.contains("full") == true)
            // What is over is waited for no more.
            #expect(pause.until(1_000_000_000) == nil)
            let isNews = pause.took()
            #expect(isNews && pause.words == nil)
        }
    }
}

/// What an operator is told.
private final class Heard: Sendable {
    private let words = Mutex<[String]>([])

    var all: [String] { words.withLock { $0 } }

    func take(_ one: String) { words.withLock { $0.append(one) } }
}
