import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Questions to the equipment itself")
struct LiveTests {
    private static let line = EntityRef(World.access, "onu", id: "0/5/3:1")
    private static let answer = [
        Detail.Section("Optics", [.init("rx", .number(-21.4), .decibelMilliwatts)]),
        Detail.Section("WAN", [.init("address", .text("192.0.2.9"))]),
    ]

    private func desk(size: Size = Size(120, 30)) -> Desk {
        var desk = Desk.ready(size: size)
        let info = ServerInfo(product: "Krill v2", clock: ServerClock(offset: 0, isCertain: true))
        let probe = Probe(
            info: info, resources: [Offer.alert, Offer.line], commands: [],
            liveKinds: ["onu": "asks the OLT, up to 30 s"])
        desk.send(.probed(World.access, .success(probe)))
        desk.press("7")
        desk.go(to: Self.line)
        return desk
    }

    private func asked(_ effects: [Effect]) -> Int? {
        for case .live(Self.line, let question) in effects { return question }
        return nil
    }

    @Test("a key opens the entity and asks it; what it says stands above the rest, with its own age")
    func asking() throws {
        var desk = desk()
        let effects = desk.press("x")
        #expect(effects.contains(.detail(Self.line)))
        let question = try #require(asked(effects))
        desk.tick(12)
        #expect(desk.lines.contains { $0.contains("asks the OLT, up to 30 s … 12 s, Esc gives up") })
        desk.send(.liveTold(Self.line, question: question, "the OLT is being polled"))
        #expect(desk.lines.contains { $0.contains("the OLT is being polled … 12 s") })
        desk.send(.lived(Self.line, question: question, .success(Self.answer)))
        desk.tick(240)
        #expect(desk.lines.contains { $0.contains("LIVE · Optics · answered 4m ago") })
        #expect(desk.lines.contains { $0.contains("-21.4 dBm") })
        #expect(desk.lines.contains { $0.contains("customer-1001") }, "the rest stays")
        #expect(!desk.lines.contains { $0.contains("gives up") })
    }

    @Test("Esc gives up first and leaves afterwards, and a late answer is dropped")
    func givingUp() throws {
        var desk = desk()
        let question = try #require(asked(desk.press("x")))
        #expect(desk.press("x") == [])
        #expect(desk.message.contains("it is being asked"))
        #expect(desk.press("Esc") == [.cancelLive(Self.line)])
        #expect(desk.state.details.count == 1)
        desk.send(.lived(Self.line, question: question, .success(Self.answer)))
        #expect(!desk.lines.contains { $0.contains("-21.4 dBm") })
        let second = try #require(asked(desk.press("x")))
        #expect(second != question)
        desk.send(.lived(Self.line, question: question, .success(Self.answer)))
        #expect(desk.state.details[0].live?.isAsking == true)
        desk.press("Esc", "Esc")
        #expect(desk.state.details.isEmpty)
    }

    @Test("whoever leaves in another way gives up as well")
    func leaving() throws {
        var desk = desk()
        desk.press("x")
        #expect(desk.press("3").contains(.cancelLive(Self.line)))
    }

    @Test("an error says so in words, beside the last answer and everything else")
    func failing() throws {
        var desk = desk()
        let first = try #require(asked(desk.press("x")))
        desk.send(.lived(Self.line, question: first, .success(Self.answer)))
        let second = try #require(asked(desk.press("x")))
        let error = BackendError(.timedOut, "the OLT did not answer within 30 s")
        desk.send(.lived(Self.line, question: second, .failure(error)))
        #expect(desk.lines.contains { $0.contains("the OLT did not answer within 30 s") })
        #expect(desk.lines.contains { $0.contains("-21.4 dBm") })
        #expect(desk.lines.contains { $0.contains("customer-1001") })
    }

    @Test("what can't be asked says why")
    func reasons() {
        var desk = desk()
        desk.press("5")
        #expect(desk.press("x") == [])
        #expect(desk.message == "bonds can't ask a bond itself")
        desk.press("4", "x")
        #expect(desk.message == "there is nothing here to ask")
    }

    @Test("while it is asked, and answered")
    func looks() throws {
        for size in [Size(120, 30), Size(80, 24), Size(40, 10), Size(20, 5)] {
            var desk = desk(size: size)
            let question = try #require(asked(desk.press("x")))
            desk.tick(7)
            try Golden.check(desk.state, "live-asking")
            desk.send(.lived(Self.line, question: question, .success(Self.answer)))
            try Golden.check(desk.state, "live-answer")
        }
    }
}
