import RawServer
import Synchronization

/// A server of a kind that the program has never heard of: gauges at the sea, with barriers to raise.
final class TideServer: Sendable {
    struct Gauge: Sendable {
        var name: String
        var level: Int
        var barrier: String
    }

    static let token = "a-tide-t0ken-of-24-letters"

    let raw: RawServer
    private let state: State

    init() throws {
        let state = State()
        self.state = state
        raw = try RawServer(answering: { request, connection in
            let isNew = request.header("authorization") == "Bearer \(Self.token)-new"
            guard isNew || request.header("authorization") == "Bearer \(Self.token)",
                isNew || request.method == "GET" || !state.isTokenOld
            else { return connection.answer(401, [], "{}") }
            if state.isFallen { return connection.answer(503, [], "the tide is out") }
            let words = request.target.split(separator: "/").map(String.init)
            switch (request.method, words.count) {
            case ("GET", 1): connection.answer(200, [], "{\"product\": \"Tides 3\"}")
            case ("GET", 2):
                let list = "[\(state.gauges.map(Self.json).joined(separator: ","))]"
                connection.answer(200, [], state.isInParts ? "{\"parts\": \(list)}" : list)
            case ("GET", 3):
                guard let gauge = state.gauges.first(where: { $0.key == words[2] }) else {
                    return connection.answer(404, [], "{}")
                }
                connection.answer(200, [], Self.json(gauge))
            case ("POST", 4) where state.refuses(words[2]): connection.answer(500, [], "{}")
            case ("POST", 4):
                state.raise(words[2])
                connection.answer(200, [], "{\"barrier\": \"raised\"}")
            default: connection.answer(404, [], "{}")
            }
        })
    }

    /// The gauges as they are.
    var gauges: [String: Gauge] { Dictionary(uniqueKeysWithValues: state.gauges.map { ($0.key, $0.value) }) }
    /// Lets commands with the first token in no longer.
    func expireToken() { state.expireToken() }
    /// Raises a barrier behind everybody's back.
    func raise(_ id: String) { state.raise(id) }
    /// Takes a gauge away.
    func remove(_ id: String) { state.remove(id) }
    /// Brings a gauge that was removed back.
    func putBack(_ id: String, _ gauge: Gauge) { state.put(id, gauge) }
    /// Gives its list in parts from now on, between which rows may move.
    func listInParts() { state.listInParts() }
    /// Answers nothing any more, or again.
    func fall(_ isFallen: Bool) { state.fall(isFallen) }
    /// Raises a barrier no more.
    func refuse(_ id: String) { state.refuse(id) }
    /// Lowers a barrier, as the tide goes.
    func lower(_ id: String) { state.set(id, "lowered") }

    /// What arrived that was no read: method, target and body.
    var commands: [String] {
        raw.requests.filter { $0.method != "GET" }.map { "\($0.method) \($0.target) \($0.text)" }
    }

    private static func json(_ gauge: (key: String, value: Gauge)) -> String {
        """
        {"id": "\(gauge.key)", "name": "\(gauge.value.name)", "level": \(gauge.value.level), \
        "barrier": "\(gauge.value.barrier)"}
        """
    }

    private final class State: Sendable {
        private let all = Mutex([
            "g-1": Gauge(name: "Harbour mouth", level: 312, barrier: "lowered"),
            "g-2": Gauge(name: "Lock 4", level: 287, barrier: "lowered"),
            "g-3": Gauge(name: "Old pier", level: 95, barrier: "raised"),
        ])

        var gauges: [(key: String, value: Gauge)] { all.withLock { $0.sorted { $0.key < $1.key } } }
        func raise(_ id: String) { set(id, "raised") }
        func set(_ id: String, _ barrier: String) { all.withLock { $0[id]?.barrier = barrier } }

        func remove(_ id: String) { _ = all.withLock { $0.removeValue(forKey: id) } }

        func put(_ id: String, _ gauge: Gauge) { all.withLock { $0[id] = gauge } }

        private let parts = Mutex(false)
        var isInParts: Bool { parts.withLock { $0 } }
        func listInParts() { parts.withLock { $0 = true } }

        private let fallen = Mutex(false)
        var isFallen: Bool { fallen.withLock { $0 } }
        func fall(_ isFallen: Bool) { fallen.withLock { $0 = isFallen } }

        private let refused = Mutex<Set<String>>([])
        func refuse(_ id: String) { _ = refused.withLock { $0.insert(id) } }
        func refuses(_ id: String) -> Bool { refused.withLock { $0.contains(id) } }

        private let old = Mutex(false)
        var isTokenOld: Bool { old.withLock { $0 } }
        func expireToken() { old.withLock { $0 = true } }
    }
}
