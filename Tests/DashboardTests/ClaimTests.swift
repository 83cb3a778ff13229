import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Claims: who of the team has what")
struct ClaimTests {
    private func alerts(_ claims: [Claim] = [], isReadOnly: Bool = false) -> Desk {
        var desk = Desk.inTeam(claims, isReadOnly: isReadOnly)
        desk.press("3")
        return desk
    }

    private func deeds(_ effects: [Effect]) -> [ClaimDeed] {
        effects.flatMap { if case .claim(let deeds) = $0 { deeds } else { [ClaimDeed]() } }
    }

    @Test("without a team the key says what claims need, and nothing is asked")
    func without() {
        var desk = Desk.ready()
        desk.press("3")
        #expect(desk.press("C") == [])
        #expect(desk.message.contains("[team]"))
        #expect(desk.state.layers.isEmpty)
    }

    @Test("a claim has a note and an end, for the row or all that are marked, and sends no command")
    func makes() {
        var desk = alerts()
        desk.go(to: World.second)
        desk.press("C")
        desk.type("on it")
        desk.press("Tab")
        for _ in 0..<4 { desk.press("Backspace") }
        desk.type("2h")
        let effects = desk.press("Enter")
        #expect(
            deeds(effects) == [
                .make(World.second, name: desk.state.name(of: World.second), note: "on it", length: 7_200)
            ])
        #expect(!effects.contains { $0.isCommand })
        #expect(desk.message.contains("yours for 2h: "))
        desk.mark([World.first, World.second])
        desk.press("C")
        let all = deeds(desk.press("Enter"))
        #expect(all.count == 2)
        #expect(desk.pane.marks.isEmpty)
    }

    @Test(
        "an end is a length, a time of day, one of those offered, or open; what is none is said and not claimed"
    )
    func ends() {
        var desk = alerts()
        desk.press("C", "Tab")
        desk.type("x")
        #expect(deeds(desk.press("Enter")).isEmpty)
        #expect(desk.lines.contains { $0.contains("write 30m, 1h, 08:00") })
        desk.press("Down", "Down")
        #expect(
            deeds(desk.press("Enter")).contains {
                if case .make(_, _, _, 14_400) = $0 { true } else { false }
            })
        desk.press("C", "Up", "Up", "Up")
        #expect(
            deeds(desk.press("Enter")).contains { if case .make(_, _, _, nil) = $0 { true } else { false } })
        #expect((try? ClaimTerm.read("08:00", now: Timestamp(7 * 3_600), zone: 0)) == 3_600)
        #expect((try? ClaimTerm.read("08:00", now: Timestamp(9 * 3_600), zone: 0)) == 23 * 3_600)
        #expect(throws: FilterRemark.self) { try ClaimTerm.read("31d", now: Timestamp(0), zone: 0) }
    }

    @Test("the key on one's own claim changes it or gives it back")
    func own() {
        var desk = alerts([Desk.claim("c1", World.second, isMine: true)])
        desk.go(to: World.second)
        desk.press("C")
        #expect(desk.lines.contains { $0.contains("you have it for 5m, 55m left · splicer on site") })
        // Nobody else has it: there is nothing to take over.
        #expect(deeds(desk.press("y")).isEmpty)
        desk.press("Enter")
        desk.type(", power too")
        #expect(
            deeds(desk.press("Enter")) == [
                .change(id: "c1", note: "splicer on site, power too", length: 3_600)
            ])
        desk.press("C")
        #expect(deeds(desk.press("u")) == [.end(id: "c1")])
        #expect(desk.message.hasPrefix("given back: "))
    }

    @Test(
        "the key on another's says who has it, since when and why, and takes it over only when that is confirmed"
    )
    func others() {
        var desk = alerts([Desk.claim("c1", World.second)])
        desk.go(to: World.second)
        desk.press("C")
        #expect(desk.lines.contains { $0.contains("ben@noc2 has it for 5m, 55m left · splicer on site") })
        // Enter and Esc leave it as it is.
        #expect(deeds(desk.press("Enter")).isEmpty)
        #expect(desk.state.layers.isEmpty)
        desk.press("C")
        #expect(deeds(desk.press("y")).isEmpty)
        let taken = deeds(desk.press("Enter"))
        #expect(taken.first == .end(id: "c1"))
        #expect(taken.count == 2)
        if case .make(World.second, _, _, _) = taken[1] {} else { Issue.record("it was not claimed") }
    }

    @Test(
        "of two who have the same both are told who was first, once, and whoever is taken over is told by whom"
    )
    func clashes() {
        let mine = Desk.claim("m", World.second, age: 10, isMine: true)
        var desk = alerts([mine])
        let later = Desk.claim("o", World.second, age: 7)
        desk.send(.claimed(ClaimBook(claims: [mine, later])))
        #expect(desk.message.contains("ben@noc2 claimed it too, 3s after you; both are shown"))
        desk.press("Esc")
        desk.send(.claimed(ClaimBook(claims: [mine, later], problem: "away")))
        #expect(desk.message.isEmpty)
        var other = alerts([mine])
        other.send(.claimed(ClaimBook(claims: [Desk.claim("p", World.second, age: 14), mine])))
        #expect(other.message.contains("ben@noc2 had it first, 4s before you"))
        var third = alerts([mine])
        third.send(.claimed(ClaimBook(claims: [later])))
        #expect(third.message.contains("ben@noc2 took it over from you"))
    }

    @Test("filters find what is claimed and by whom, and follow what changes")
    func filters() {
        var desk = alerts([Desk.claim("c1", World.second), Desk.claim("c2", World.first, by: "ana")])
        func shown(_ filter: String) -> Set<EntityRef> {
            desk.press("/")
            desk.press("ctrl-u")
            desk.type(filter)
            desk.press("Enter")
            return Set(desk.shown)
        }
        let all = Set(desk.shown)
        #expect(shown("is:claimed") == [World.first, World.second])
        #expect(shown("!is:claimed") == all.subtracting([World.first, World.second]))
        #expect(shown("owner:an") == [World.first])
        #expect(shown("owner=an") == [])
        #expect(shown("owner=ben") == [World.second])
        #expect(shown("owner:noc2 owner!=ben") == [World.first])
        #expect(shown("owner=ben") == [World.second])
        desk.send(.claimed(ClaimBook(claims: [Desk.claim("c2", World.first, by: "ben")])))
        #expect(Set(desk.shown) == [World.first])
        // What was typed is what is written again, and completed.
        let vocabulary = desk.state.vocabulary
        for text in ["owner:an", "owner=ben", "!owner=ben", "is:claimed"] {
            guard case .finished(let expression) = FilterExpression.parse(text, vocabulary) else {
                Issue.record("\(text) is no filter")
                continue
            }
            #expect(expression.description == text)
        }
        let completion = FilterCompletion("owner:b", cursor: 7, vocabulary)
        #expect(completion?.subject == .owner)
        #expect(completion?.fitting(vocabulary.owners ?? []) == ["ben"])
        // Marking by a filter knows owners too, whatever the pane is filtered by.
        var marking = alerts([Desk.claim("c1", World.second), Desk.claim("c2", World.first, by: "ana")])
        marking.press("+")
        marking.type("owner:ana")
        marking.press("Enter")
        #expect(marking.pane.marks == [World.first])
        // Without a team it is a text as any other.
        var lone = Desk.ready()
        lone.press("3", "/")
        lone.type("owner:an")
        #expect(lone.shown.isEmpty)
    }

    @Test("a row that others follow from says both how many and who has it")
    func folded() {
        var desk = Dark.desk()
        desk.state.claims = Claims(isKept: true)
        desk.send(.claimed(ClaimBook(claims: [Desk.claim("c1", Dark.problem(1))])))
        #expect(desk.lines[4].contains("PON 0/5/3 dark ▸61 ◉ben"))
    }

    @Test("a claim ends at its end without anybody saying so, and its mark goes")
    func expires() {
        var desk = alerts([Desk.claim("c1", World.second, left: 30)])
        #expect(desk.lines.contains { $0.contains("◉ben") })
        desk.tick(29)
        #expect(desk.state.claims.of(World.second).count == 1)
        desk.tick(2)
        #expect(desk.state.claims.of(World.second).isEmpty)
        #expect(!desk.lines.contains { $0.contains("◉ben") })
    }

    @Test("what is not shared yet says so, and so does what may be old")
    func alone() {
        var desk = alerts()
        desk.send(.claimed(ClaimBook(claims: [], problem: "the database does not answer")))
        desk.go(to: World.second)
        desk.press("C")
        #expect(desk.lines.contains { $0.contains("not shared yet: the database does not answer") })
        desk.press("Enter")
        #expect(desk.message.contains("yours for 1h, not shared yet: "))
        desk.send(
            .claimed(
                ClaimBook(
                    claims: [Desk.claim("c", World.second, by: "ana", isMine: true, isShared: false)],
                    problem: "the database does not answer")))
        #expect(desk.lines.contains { $0.contains("◉ana?") })
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("not shared yet") })
    }

    @Test("read-only and an account that may only read see claims and make none, and the past has none")
    func refused() {
        var desk = alerts([Desk.claim("c1", World.second)], isReadOnly: true)
        #expect(desk.lines.contains { $0.contains("◉ben") })
        #expect(desk.press("C") == [])
        #expect(desk.message.hasPrefix("read-only"))
        var wall = Desk.inTeam()
        wall.send(.claimed(ClaimBook(claims: [], refusal: "the account may only read")))
        wall.press("3")
        #expect(wall.press("C") == [])
        #expect(wall.message.contains("may only read"))
        var past = desk.state
        past.forgetNow()
        #expect(past.claims.of(World.second).isEmpty)
    }

    @Test("a handoff says who has what, with the note and the end")
    func handoff() {
        var desk = Desk.inTeam([
            Desk.claim("c1", World.second), Desk.claim("c2", World.device(World.core, 3), left: nil),
        ])
        desk.press("Y")
        desk.send(.auditRead(.success([])))
        let text = desk.lines.joined(separator: "\n")
        #expect(text.contains("## Claimed (2)"))
        #expect(text.contains("by ben@noc2 · splicer on site"))
        #expect(text.contains("until it is given back"))
    }
}

@Suite("The audit log of a team")
struct TeamAuditTests {
    static func desk(size: Size = Size(120, 30), unread: String? = nil) -> Desk {
        var desk = Desk.inTeam(size: size)
        desk.press("L")
        var rows = World.auditRows
        rows[2].isMine = false
        desk.send(.auditRead(.success(rows), unread: unread))
        return desk
    }

    @Test("L shows the team's commands, and m one's own alone")
    func mine() {
        var desk = Self.desk()
        #expect(desk.lines.contains { $0.contains("Audit log · the team's") })
        #expect(desk.lines.contains { $0.contains("  ben ") })
        desk.press("m")
        #expect(desk.lines.contains { $0.contains("Audit log · mine") })
        #expect(!desk.lines.contains { $0.contains("  ben ") })
        desk.press("m")
        #expect(desk.lines.contains { $0.contains("  ben ") })
    }

    @Test("where the team's record was not read the page says so, and so do the timeline and the handoff")
    func unread() {
        var desk = Self.desk(unread: "the database does not answer")
        #expect(desk.lines.contains { $0.contains("team not read") })
        desk.press("Esc", "Y")
        desk.send(.auditRead(.success([]), unread: "the database does not answer"))
        #expect(desk.lines.contains { $0.contains("commands of others are missing") })
    }
}

@Suite("Frames of claims")
struct GoldenClaimTests {
    private static let sizes = [Size(80, 24), Size(120, 30), Size(40, 10), Size(20, 5)]

    private func check(_ name: String, _ make: (Size) throws -> Desk) throws {
        for size in Self.sizes { try Golden.check(try make(size).state, name) }
    }

    @Test("the form, the question on another's, marks in the tables, the detail, and the team's audit log")
    func frames() throws {
        let claims = [
            Desk.claim("c1", World.second),
            Desk.claim("c2", World.first, by: "ana", isMine: true, isShared: false),
            Desk.claim("c3", World.device(World.core, 3), by: "cem", note: ""),
        ]
        func desk(_ size: Size, _ claims: [Claim]) -> Desk {
            var desk = Desk.inTeam(claims, size: size)
            desk.press("3")
            return desk
        }
        try check("claim-form") {
            var desk = desk($0, [])
            desk.press("C")
            desk.type("splicer on site")
            return desk
        }
        try check("claim-others") {
            var desk = desk($0, claims)
            desk.go(to: World.second)
            desk.press("C")
            return desk
        }
        try check("claim-alerts") { desk($0, claims) }
        try check("claim-devices") {
            var desk = desk($0, claims)
            desk.press("1")
            return desk
        }
        try check("claim-detail") {
            var desk = desk($0, claims)
            desk.go(to: World.second)
            desk.press("Enter")
            return desk
        }
        try check("audit-team") { TeamAuditTests.desk(size: $0) }
        try check("audit-mine") {
            var desk = TeamAuditTests.desk(size: $0)
            desk.press("m")
            return desk
        }
    }
}
