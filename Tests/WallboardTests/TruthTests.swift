import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

/// Ways in which what a server says may not be what is.
enum Doubt: String, CaseIterable, Sendable {
    case asking, stale, lost, refused, forbidden, partial, neverSeen, probeRefused, probeForbidden

    /// Whether it is about the whole server and not about one resource of it.
    var isOfServer: Bool {
        switch self {
        case .neverSeen, .probeRefused, .probeForbidden, .asking: true
        default: false
        }
    }
}

extension Desk {
    /// A wallboard on which one server, or one resource of it, is in doubt, and everything else fresh.
    static func doubtful(
        _ doubt: Doubt, _ id: BackendID, _ only: ResourceKind? = nil, profile: WallboardProfile, size: Size,
        isCalm: Bool
    ) -> Desk {
        var desk = Desk(World.state(size: size, screen: profile))
        desk.tick(0)
        for other in World.all where other != id || !doubt.isOfServer { desk.probe(other) }
        func fill() {
            if isCalm { return desk.calm() }
            desk.fill()
            // What is fine is green in a list as well, and rightly so.
            let rows = World.coreAlerts.filter { $0.1 != "ok" }
            desk.read(World.core, .alert, World.alerts(World.core, rows))
        }
        if doubt.isOfServer {
            let kind: Domain.BackendError.Kind? =
                switch doubt {
                case .neverSeen: .unreachable
                case .probeRefused: .refused
                case .probeForbidden: .forbidden
                default: nil
                }
            if let kind { desk.send(.probed(id, .failure(BackendError(kind, "no")))) }
            fill()
            desk.tick(1)
            return desk
        }
        fill()
        let kinds = desk.state.backends[Int(id.index)].resources.filter { only == nil || $0.kind == only }
        for resource in kinds {
            switch doubt {
            case .refused: desk.failed(id, resource.kind, .refused)
            case .forbidden: desk.failed(id, resource.kind, .forbidden)
            case .partial:
                let table = desk.state.backends[Int(id.index)].tables[resource.kind]
                desk.refreshed(id, resource.kind, table ?? .empty(resource, id), .partial("1 of 2 pages"))
            default: break
            }
        }
        if doubt == .stale || doubt == .lost {
            // Everything else is read once more just now; the longest interval decides how long that is.
            let longest = kinds.map(\.interval).max() ?? 0
            desk.tick(longest * (doubt == .stale ? 2.5 : 6))
            let doubtful = kinds.map(\.kind)
            for other in desk.state.backends {
                for kind in other.tables.keys where other.id != id || !doubtful.contains(kind) {
                    if let table = other.tables[kind] { desk.read(other.id, kind, table) }
                }
            }
        }
        desk.tick(0.5)
        return desk
    }
}

@Suite("The wallboard is never green by mistake")
struct WallboardTruthTests {
    private static let sizes = [Size(20, 5), Size(80, 24), Size(120, 40), Size(240, 67)]

    /// What is green on a frame: the look of a zero that is certain, of calm, of a success.
    private func green(_ desk: Desk) -> [String] {
        let frame = render(desk.state)
        var found: [String] = []
        for y in 0..<frame.size.height {
            for x in 0..<frame.size.width {
                let cell = frame[x, y]
                let role = Theme.role(of: cell.style).0
                if role == .severityOk || role == .messageGood, frame.text(of: cell) != " " {
                    found.append("\(frame.text(of: cell)) at \(x), \(y)")
                }
            }
        }
        return found
    }

    @Test("all is fresh, complete and zero: then, and only then, it is green and quiet")
    func calm() {
        for size in Self.sizes {
            var desk = Desk.quietWall(size: size)
            desk.live(125)
            #expect(!green(desk).isEmpty, "\(size)")
            #expect(desk.text.contains("quiet for 2m") == (size.height >= 8), "\(size)")
        }
    }

    @Test(
        "a server in doubt: no number that it feeds is a green zero, and nothing is quiet",
        arguments: Doubt.allCases, [false, true])
    func servers(_ doubt: Doubt, _ isCalm: Bool) {
        for id in World.all {
            for size in Self.sizes {
                var desk = Desk.doubtful(
                    doubt, id, profile: .every, size: size, isCalm: isCalm)
                for place in 0..<WallboardProfile.every.pages.count {
                    let name = "\(doubt) of \(id.index) at \(size), page \(place)"
                    #expect(!desk.text.contains("quiet"), "\(name)")
                    // Every server has alerts: no count of them can be certain.
                    let numbers = desk.numbers
                    #expect(numbers[0].count.isComplete == false, "\(name)")
                    #expect(numbers[1].count.isComplete == false, "\(name)")
                    let certain = numbers.filter { $0.sign.role == .severityOk }.map(\.word)
                    let feeds =
                        id == World.bonds ? "bonds degraded" : id == World.access ? "" : "devices down"
                    #expect(!certain.contains(feeds), "\(name)")
                    #expect(!certain.contains("critical") && !certain.contains("warning"), "\(name)")
                    if certain.isEmpty { #expect(green(desk).isEmpty, "\(name): \(green(desk))") }
                    desk.press("n")
                    desk.tick(0.1)
                }
            }
        }
    }

    @Test(
        "one resource in doubt: the number that it feeds is no green zero, and nothing is quiet",
        arguments: Doubt.allCases.filter { !$0.isOfServer })
    func resources(_ doubt: Doubt) {
        let feeds: [(BackendID, ResourceKind, Int)] = [
            (World.core, .alert, 0), (World.edge, .alert, 1), (World.core, .device, 2),
            (World.edge, .device, 2), (World.bonds, "bond", 3),
        ]
        for (id, kind, number) in feeds {
            let desk = Desk.doubtful(
                doubt, id, kind, profile: .every, size: Size(120, 40), isCalm: true)
            let numbers = desk.numbers
            #expect(numbers[number].sign.role == .severityUnknown, "\(doubt) of \(kind)")
            #expect(numbers[number].digits == "?", "\(doubt) of \(kind)")
            #expect(!desk.text.contains("quiet"), "\(doubt) of \(kind)")
        }
    }

    @Test("every backend in doubt: nothing on any page at any size is green")
    func everything() {
        for size in Self.sizes + [Size(40, 10), Size(500, 200)] {
            var desk = Desk.quietWall(size: size)
            desk.tick(8 * 3600)
            for _ in WallboardProfile.every.pages {
                #expect(green(desk).isEmpty, "\(size): \(green(desk))")
                #expect(desk.numbers.allSatisfy { $0.digits == "?" })
                desk.press("n")
                desk.tick(0.1)
            }
        }
    }

    @Test("no servers at all are no calm")
    func nobody() {
        let state = State(
            size: Size(120, 40), now: World.start, wall: World.wall, zone: 0, backends: [],
            keymap: DefaultKeys.keymap, themes: [], screen: WallboardProfile.standard)
        let desk = Desk(state)
        #expect(green(desk).isEmpty)
        #expect(!desk.text.contains("quiet"))
    }

    @Test("what a lost server said is not counted any more: a number is never more than is known")
    func history() {
        var desk = Desk.wall()
        desk.live(5)
        #expect(desk.numbers[0].digits == "4")
        desk.tick(110)
        for id in World.all where id != World.core {
            let table = desk.state.backends[Int(id.index)].tables[.alert]
            desk.read(id, .alert, table ?? .empty(Offer.alert, id))
        }
        desk.tick(1)
        #expect(desk.numbers[0].digits == "2+?", "two of the four are the lost server's")
        #expect(desk.text.contains("NOT ALL IS KNOWN  core LOST for 1m"))
    }

    @Test("a stale server is amber and says since when")
    func stale() {
        var desk = Desk.wall()
        desk.tick(45)
        #expect(desk.text.contains("core ◐ STALE 30s"))
        #expect(!desk.text.contains("NOT ALL IS KNOWN"))
    }

    // MARK: Quiet

    @Test("quiet is counted by the clock that never jumps, and begins again when anything was not known")
    func quietSince() {
        var desk = Desk.quietWall()
        desk.live(3 * 60)
        #expect(desk.text.contains("quiet for 3m"))
        // The wall clock is set a day ahead: nothing happened.
        let ahead = Timestamp(desk.state.wall.seconds + 86_400)
        desk.send(.tick(desk.state.now + 0.5, wall: ahead, zone: 0))
        #expect(desk.text.contains("quiet for 3m"))
        desk.tick(1)
        desk.refreshed(World.core, .alert, .empty(Offer.alert, World.core), .partial("1 of 2 pages"))
        #expect(!desk.text.contains("quiet"))
        desk.read(World.core, .alert, .empty(Offer.alert, World.core))
        #expect(desk.text.contains("quiet for less than a minute"))
    }

    @Test("a night of sleep is not quiet")
    func suspended() {
        var desk = Desk.quietWall()
        desk.live(180)
        desk.tick(8 * 3600)
        #expect(!desk.text.contains("quiet"))
        desk.calm()
        desk.tick(0.2)
        #expect(desk.text.contains("quiet for less than a minute"))
    }

    @Test("an alert that was there between two seconds ends the quiet")
    func blip() {
        var desk = Desk.quietWall()
        desk.live(120)
        desk.read(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        desk.read(World.core, .alert, .empty(Offer.alert, World.core))
        desk.live(30)
        #expect(desk.text.contains("quiet for less than a minute"))
    }
}
