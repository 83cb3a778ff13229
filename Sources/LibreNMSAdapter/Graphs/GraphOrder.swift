/// The graphs of a device as an operator looks for them: what says most of its health first, each under a title of
/// its own.
enum GraphOrder {
    /// A graph of the server's list.
    struct Graph: Equatable {
        /// What it shows, in the server's words.
        let type: String
        var title: String
    }

    /// What most is asked of a device at night: whether it answers, what it carries, what it lacks.
    private static let first = [
        "device_availability", "device_ping_perf", "device_icmp_perf", "device_bits", "device_processor",
        "device_mempool", "device_storage", "device_temperature", "device_dbm", "device_load",
    ]

    /// The server's own order, with the useful ones before and what it says of its poller behind.
    static func arranged(_ graphs: [Graph]) -> [Graph] {
        func rank(_ graph: Graph) -> Int {
            first.firstIndex(of: graph.type)
                ?? (graph.type.contains("poller") ? first.count + 1 : first.count)
        }
        let ranked = graphs.enumerated().sorted {
            (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
        }
        var counts: [String: Int] = [:]
        for graph in graphs { counts[graph.title, default: 0] += 1 }
        return ranked.map { _, graph in
            guard counts[graph.title, default: 0] > 1 else { return graph }
            let word = graph.type.hasPrefix("device_") ? String(graph.type.dropFirst(7)) : graph.type
            return Graph(type: graph.type, title: "\(graph.title) (\(word.replacing("_", with: " ")))")
        }
    }
}
