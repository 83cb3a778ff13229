import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Frames of commands")
struct GoldenCommandTests {
    private static let sizes = [
        Size(80, 24), Size(120, 40), Size(120, 30), Size(40, 10), Size(20, 5), Size(200, 60),
    ]

    private func check(_ name: String, _ make: (Size) throws -> Desk) throws {
        for size in Self.sizes { try Golden.check(try make(size).state, name) }
    }

    private static let first = World.alert(World.core, 11)

    private func form(_ size: Size) -> Desk {
        var desk = Desk.ready(size: size)
        desk.press("3")
        desk.go(to: Self.first)
        desk.press("a")
        desk.type("looking at it")
        return desk
    }

    private static func plan(_ tier: Tier = .harmless, warnings: [String] = []) -> PlanPreview {
        PlanPreview(
            summary: ["Acknowledges BGP session down on mad1-core-rtr02 with the note “looking at it”."],
            warnings: warnings,
            targets: [.init(first, name: "mad1-core-rtr02: BGP session down", words: "open for 4 m")],
            requests: [
                .init(
                    entity: first, method: "PUT", url: "https://core.example.net/api/v0/alerts/11",
                    body: #"{"note": "looking at it", "until_clear": false}"#)
            ], tier: tier)
    }

    @Test("the form of an acknowledgement")
    func acknowledge() throws {
        try check("ack-form") { form($0) }
        try check("ack-form-failed") {
            var desk = form($0)
            desk.press("Enter")
            let error = BackendError(.timedOut, "core gave no answer within 30 s; is the VPN up?")
            desk.send(.prepared(session: 1, World.core, .failure(error)))
            return desk
        }
        try check("ack-form-two-backends") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "*", "U")
            desk.go(to: Self.first)
            desk.press("Space")
            desk.go(to: World.alert(World.edge, 11))
            desk.press("Space", "a", "Tab")
            return desk
        }
    }

    @Test("a confirmation that asks for y, and its dry run")
    func confirmation() throws {
        try check("confirm") {
            var desk = form($0)
            desk.press("Enter")
            let plan = Self.plan(.touchesService, warnings: ["Silences it for everybody."])
            let found = Prepared(preview: plan, lastDone: "3d ago by ana@noc1, verified")
            desk.send(.prepared(session: 1, World.core, .success(found)))
            return desk
        }
        try check("dry-run") {
            var desk = form($0)
            desk.press("ctrl-t", "Enter")
            let found = Prepared(preview: Self.plan(), lastDone: nil)
            desk.send(.prepared(session: 1, World.core, .success(found)))
            return desk
        }
    }

    @Test("a confirmation that asks for the name")
    func named() throws {
        try check("confirm-name") {
            var desk = Desk.ready(size: $0)
            desk.press("5")
            let bond = EntityRef(World.bonds, "bond", id: 21)
            desk.go(to: bond)
            desk.press("X")
            let plan = PlanPreview(
                summary: ["Restarts the bond on both ends."],
                warnings: ["The last leg is down: the customer may stay without a line."],
                targets: [.init(bond, name: "acme-hq", words: "0 of 2 legs up, down for 22 m")],
                requests: [], tier: .hurts)
            let found = Prepared(preview: plan, lastDone: "3d ago by ana@noc1, verified")
            desk.send(.prepared(session: 1, World.bonds, .success(found)))
            desk.tick(1)
            desk.type("acme-h")
            desk.press("Enter")
            return desk
        }
    }

    @Test("results of which one is not known")
    func results() throws {
        try check("results") {
            var desk = Desk.ready(size: $0)
            desk.press("3", "@", "*", "a", "Enter")
            let names = desk.session?.names ?? []
            for part in desk.session?.parts ?? [] {
                let targets = part.command.targets
                let plan = PlanPreview(
                    summary: [], targets: targets.map { .init($0, name: "", words: "") },
                    excluded: [], requests: [], tier: .harmless)
                desk.send(
                    .prepared(session: 1, part.backend, .success(Prepared(preview: plan, lastDone: nil))))
            }
            #expect(!names.isEmpty)
            for part in desk.session?.parts ?? [] {
                let states: [Outcome.State] = [.verified, .unknown, .failed, .accepted]
                let words = ["acknowledged", "the connection died after sending", "no right", "taken"]
                let outcomes = part.command.targets.enumerated().map {
                    Outcome($0.element, states[$0.offset % 4], words[$0.offset % 4])
                }
                desk.send(.performed(session: 1, part.backend, outcomes))
            }
            return desk
        }
    }
}
