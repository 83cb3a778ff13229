import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

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
    /// A dashboard of which every server has answered everything; a key brings the wallboard.
    static func beforeWall() -> Desk {
        var desk = Desk(World.state(profile: WallboardProfile.standard))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.fill()
        return desk
    }

    /// A wallboard of which every server has answered everything.
    static func wall(
        _ profile: WallboardProfile = .every, size: Size = Size(120, 40), themes: [Theme] = [],
        unicode: Bool = true
    ) -> Desk {
        let terminal = Capabilities(colors: 256, unicode: unicode, name: "")
        var desk = Desk(World.state(size: size, themes: themes, terminal: terminal, screen: profile))
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

    /// The profile is read again from the operator's files.
    @discardableResult
    mutating func read(_ profile: WallboardProfile) -> [Effect] {
        send(
            .reloaded(
                .success(Reloaded(themes: [], keymap: state.keymap, profile: profile, backends: []))))
    }

    var board: WallboardScreen? { state.screen as? WallboardScreen }
    /// The place of the page on the screen.
    var page: Int { board?.index ?? -1 }
    /// The numbers that every page shows.
    var numbers: [Headline.Number] { board?.headline(state).numbers ?? [] }
}
