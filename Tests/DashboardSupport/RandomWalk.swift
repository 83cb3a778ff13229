import Canvas
@testable import Dashboard
import Domain
import Testing

/// Random keys, answers and sizes: nothing may trap, and every frame has the size of the terminal.
struct RandomWalk {
    /// The same numbers in every run.
    private struct Dice: RandomNumberGenerator {
        var seed: UInt64
        mutating func next() -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return seed ^ seed >> 29
        }
    }

    /// Walks once for each seed.
    ///
    /// - Parameter desk: where a walk begins.
    func walk(_ seeds: Range<UInt64>, from desk: (UInt64) -> Desk) {
        let keys =
            Array(Set(DefaultKeys.keymap.bindings.flatMap(\.keys).map(\.description))).sorted()
            + ["x", "é", "界", "Backspace", "Home", "End", "ctrl-w", "ctrl-k"]
        for seed in seeds {
            var dice = Dice(seed: seed)
            var desk = desk(seed)
            desk.refreshed(World.core, .alert, World.alerts(World.core, World.hostileAlerts))
            var earlier: Rendering?
            for step in 0..<120 {
                var effects: [Effect] = []
                switch Int.random(in: 0..<10, using: &dice) {
                case 0:
                    let size = Size(.random(in: 0...210, using: &dice), .random(in: 0...60, using: &dice))
                    desk.send(.resized(size))
                case 1: effects += desk.tick(.random(in: 0...40, using: &dice))
                // What is copied from the frame before must be right within a second, too.
                case 4: effects += desk.tick(.random(in: 0...0.4, using: &dice))
                case 5:
                    effects += desk.press(["j", "k", "PgDn", "PgUp", "G"].randomElement(using: &dice) ?? "j")
                case 2: desk.paste("pasted\n\u{202E}text")
                case 3:
                    let mouse: [Mouse] = [.click, .doubleClick, .wheelUp, .wheelDown]
                    let what = mouse.randomElement(using: &dice) ?? .click
                    effects += desk.send(
                        .read([
                            .mouse(
                                what, x: .random(in: 0...220, using: &dice),
                                y: .random(in: 0...70, using: &dice))
                        ]))
                default: effects += desk.press(keys.randomElement(using: &dice) ?? "j")
                }
                answer(effects, &desk, &dice)
                let frame = render(desk.state)
                #expect(frame.size == Size(max(0, desk.state.size.width), max(0, desk.state.size.height)))
                if let cursor = frame.cursor {
                    #expect(cursor.x >= 0 && cursor.x < max(1, frame.size.width), "seed \(seed)")
                    #expect(cursor.y >= 0 && cursor.y < max(1, frame.size.height), "seed \(seed)")
                }
                #expect(desk.state.nextWake >= desk.state.now)
                let rendering = render(desk.state, after: earlier)
                #expect(rendering.frame.cells == frame.cells, "seed \(seed), step \(step)")
                #expect(rendering.frame.clusters == frame.clusters, "seed \(seed), step \(step)")
                earlier = rendering
            }
        }
    }

    private func answer(_ effects: [Effect], _ desk: inout Desk, _ dice: inout Dice) {
        for effect in effects where Bool.random(using: &dice) {
            switch effect {
            case .refresh(let id, let kind, _):
                guard let resource = desk.state.backends[Int(id.index)].resource(kind) else { continue }
                if Bool.random(using: &dice) {
                    desk.refreshed(id, kind, .empty(resource, id))
                } else if Bool.random(using: &dice) {
                    desk.failed(id, kind, Bool.random(using: &dice) ? .refused : .server)
                } else if kind == .alert {
                    desk.refreshed(id, kind, World.alerts(id, World.coreAlerts.shuffled(using: &dice)))
                }
            case .detail(let entity):
                desk.send(.detailed(entity, .success(World.detail)))
            case .listPictures(let entity): desk.send(.picturesListed(entity, .success(World.graphs)))
            case .picture(let request):
                desk.send(World.drawn(request))
            case .readLog(let entity, let question):
                let log = Bool.random(using: &dice) ? World.log(of: entity) : nil
                desk.send(
                    .logRead(
                        entity, question: question,
                        Bool.random(using: &dice) ? .success(log) : .failure(BackendError(.refused, "no"))))
            case .readAudit: desk.send(.auditRead(.success(World.auditRows)))
            case .prepare(let session, let id, let command):
                let tiers: [Tier] = [.harmless, .touchesService, .hurts]
                let plan = PlanPreview(
                    summary: ["does it"], warnings: ["it hurts"],
                    targets: command.targets.map { .init($0, name: "n", words: "open") }, requests: [],
                    tier: tiers.randomElement(using: &dice) ?? .hurts)
                let found = Prepared(preview: plan, lastDone: nil)
                desk.send(
                    .prepared(
                        session: session, id,
                        Bool.random(using: &dice)
                            ? .success(found) : .failure(BackendError(.server, "503"))))
            case .perform(let session, let id, _):
                desk.send(.performed(session: session, id, []))
            default: break
            }
        }
    }
}
