import Canvas
@testable import Dashboard
import Domain
import Testing

extension WallboardProfile {
    /// Every kind of page, with a bill page that nobody feeds.
    static let every = WallboardProfile(
        name: "every",
        pages: [
            WallboardPage(.overview), WallboardPage(.pane(.alerts), filter: "is:open"),
            WallboardPage(.pane(.devices), title: "devices with problems", filter: "is:problem"),
            WallboardPage(.pane(.ports), filter: "is:down"), WallboardPage(.pane(.bonds)),
            WallboardPage(.pane(.bills)), WallboardPage(.map),
        ])

    /// A wallboard that shows one page alone.
    static func only(_ page: WallboardPage) -> WallboardProfile {
        WallboardProfile(name: "only", pages: [page])
    }
}

extension Desk {
    /// A wallboard of which every server has answered everything.
    static func wall(
        _ profile: WallboardProfile = .every, size: Size = Size(120, 40), themes: [Theme] = [],
        unicode: Bool = true
    ) -> Desk {
        let terminal = Capabilities(colors: 256, unicode: unicode, name: "")
        var desk = Desk(World.state(size: size, themes: themes, terminal: terminal, wallboard: profile))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.fill()
        return desk
    }

    /// A wallboard on which nothing is wrong.
    static func quietWall(_ profile: WallboardProfile = .every, size: Size = Size(120, 40)) -> Desk {
        var desk = wall(profile, size: size)
        desk.calm()
        return desk
    }

    /// Everything answers that nothing is wrong.
    mutating func calm() {
        for id in World.all { read(id, .alert, .empty(Offer.alert, id)) }
        for id in [World.core, World.edge] {
            read(id, .device, World.healthyDevices(id))
            read(id, .port, .empty(Offer.port, id))
        }
        read(World.access, "onu", .empty(Offer.line, World.access))
        read(World.bonds, "bond", World.bondTable(["up", "up"]))
    }

    /// A server answers, and once more where it is asked again for that.
    mutating func read(_ id: BackendID, _ kind: ResourceKind, _ table: Table) {
        answer(refreshed(id, kind, table))
    }

    /// Lets so much time go on as a running program sees it, with every refresh answered with the same rows.
    mutating func live(_ seconds: Int) {
        for _ in 0..<seconds { answer(tick(1)) }
    }

    /// The profile is read anew from the operator's files.
    @discardableResult
    mutating func read(_ profile: WallboardProfile) -> [Effect] {
        send(
            .reloaded(
                .success(Reloaded(themes: [], keymap: state.keymap, profile: profile, backends: []))))
    }

    var board: WallboardState? { state.wallboard }
    /// The place of the page on the screen.
    var page: Int { state.wallboard?.index ?? -1 }
    var text: String { lines.joined(separator: "\n") }
}

extension World {
    static func healthyDevices(_ backend: BackendID) -> Table {
        var builder = TableBuilder(Offer.device, backend)
        for index in 1...5 as ClosedRange<Int64> {
            builder.begin(device(backend, index))
            builder.set(0, text: "up")
            builder.set(1, text: "router-\(index)")
            builder.set(5, text: "mad1")
        }
        return builder.finish()
    }
}
