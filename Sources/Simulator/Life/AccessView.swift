import Synchronization

/// The lines at one tick, with what people did to them.
///
/// It is kept as long as neither the time nor what people did has moved on: a long list that is fetched page
/// by page then asks life once.
final class AccessView: Sendable {
    let world: World
    let access: AccessNetwork
    let tick: Int
    let changes: LineChanges
    let life: LineLife
    /// The lines that are there now: with those that somebody added, without those that somebody removed.
    let lines: [Line]
    private let dark: [Int: [Episode]]
    private let nodeOutages: [Int: [Episode]]
    private let known = Mutex<[LineState]?>(nil)

    init(_ world: World, _ access: AccessNetwork, tick: Int, changes: LineChanges) {
        self.world = world
        self.access = access
        self.tick = tick
        self.changes = changes
        life = LineLife(life: world.life, access: access)
        lines = Self.lines(of: access, changes.edits[CPE.path])
        dark = life.darkness(near: tick)
        nodeOutages = Dictionary(
            uniqueKeysWithValues: access.nodes.map { node in
                (node.index, world.life.outages(of: node.index, near: tick))
            })
    }

    /// The Unix time of a tick.
    func time(_ tick: Int) -> Int { world.origin + tick }

    /// The state of every line, in the order of the lines.
    var states: [LineState] {
        known.withLock { known in
            if let known { return known }
            let states = lines.map(state)
            known = states
            return states
        }
    }

    func state(of line: Line) -> LineState { LineState(line, outages(of: line), self) }

    private static func lines(of access: AccessNetwork, _ edits: Edits?) -> [Line] {
        guard let edits, !(edits.added.isEmpty && edits.removed.isEmpty) else { return access.lines }
        return access.lines.filter { !edits.removed.contains($0.id) }
            + edits.added.sorted().map { CPE.line($0, written: edits.written[$0] ?? [:]) }
    }

    func line(_ id: Int) -> Line? {
        if let line = access.line(id), lines.count == access.lines.count { return line }
        return lines.first { $0.id == id }
    }

    /// Since when a device that serves lines has been out of reach.
    func nodeDownSince(_ index: Int) -> Int? {
        nodeOutages[index]?.filter { $0.covers(tick) }.map(\.start).min()
    }

    private func outages(of line: Line) -> [LineOutage] {
        guard !line.traits.contains(.isNew) else { return [] }
        var outages = life.ownOutages(of: line, near: tick)
        if let pon = line.pon, let episodes = dark[pon] {
            outages += episodes.map { LineOutage(episode: $0, trouble: .darkPON) }
        }
        if let node = line.node, let episodes = nodeOutages[node], !episodes.isEmpty {
            outages += episodes.map { LineOutage(episode: $0, trouble: .node) }
        }
        if let restart = changes.restarts[line.id] {
            let episode = Episode(start: restart.at, end: restart.at + restart.length)
            outages.append(LineOutage(episode: episode, trouble: .restart))
        }
        return outages
    }
}

/// A line and how it is.
struct LineState: Sendable {
    let line: Line
    /// Why it is out of reach; nil when it is not.
    let trouble: LineTrouble?
    /// Since which tick it has been as it is.
    let since: Int
    /// When its equipment last started.
    let started: Int
    /// Somebody took its service away.
    let isUnprovisioned: Bool

    init(_ line: Line, _ outages: [LineOutage], _ view: AccessView) {
        self.line = line
        let tick = view.tick
        let present = outages.filter { $0.episode.covers(tick) }
        // Whatever stands nearest to the server explains the rest.
        let order: [LineTrouble] = [.node, .darkPON, .restart, .power, .fibre, .away]
        trouble = order.first { trouble in present.contains { $0.trouble == trouble } }
        let usual = -view.world.life.noise.pick(40_000...9_000_000, .boot, line.id, 3)
        let past = outages.filter { $0.episode.end <= tick }
        if present.isEmpty {
            since = past.map(\.episode.end).max() ?? usual
        } else {
            since = present.map(\.episode.start).min() ?? usual
        }
        // Equipment that only lost its light went on running.
        started =
            past.filter { [.power, .away, .restart].contains($0.trouble) }.map(\.episode.end).max() ?? usual
        isUnprovisioned = view.changes.unprovisioned[line.id] != nil
    }

    var isUp: Bool { trouble == nil && !isNew }

    /// It never registered.
    var isNew: Bool { line.traits.contains(.isNew) }

    /// Whether the subscriber can use it.
    var hasService: Bool { isUp && !isUnprovisioned && !line.traits.contains(.isSuspended) }
}
