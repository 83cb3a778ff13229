import Domain
import Links

/// What one network out of three servers costs.
enum LinksReport {
    static func run() {
        let first = MadeNetwork.tables()
        let next = MadeNetwork.tables(round: 1)
        Report.memory("the tables of 10,000 devices, 100,000 ports, 20,000 CPEs, twice")
        let feeds = first.map { Feed($0) }
        var kept: Network? = Network(feeds)
        Report.memory("with a network of them")
        kept = nil
        let network = Report.time("build a network", runs: 9) { Network(feeds) }
        Report.time("build its index alone", runs: 9) { LinkIndex(first) }
        Report.line("", "\(network.index.keyCount)", "keys")
        Report.line("", "\(network.things.count)", "things of several servers")
        Report.line("", "\(network.roots.count)", "alerts that follow from another")
        for (title, place) in [("ports", 1), ("CPEs", 5), ("devices", 0), ("alerts", 11)] {
            var tables = first
            tables[place] = next[place]
            let changed = tables.map { Feed($0) }
            Report.time("update, 1 % of the \(title) changed", runs: 9) { network.updated(changed) }
        }
        let all = next.map { Feed($0) }
        Report.time("update, 1 % of ports, CPEs and devices changed at once", runs: 9) {
            network.updated(all)
        }
        Report.time("update, freshness alone", runs: 9) { network.updated(first.map { Feed($0, .stale) }) }
        let alone = first.prefix(3).map { Feed($0) }
        Report.time("build a network of one server alone", runs: 9) { Network(alone) }
        let refs = first.flatMap { $0.refs.prefix(500) }
        Report.time("links of \(refs.count) entities") { refs.reduce(0) { $0 + network.links(of: $1).count } }
        let alerts = first[11].refs
        Report.time("impact of \(alerts.count) alerts") {
            alerts.reduce(0) { $0 + network.impact(of: $1).nodes.count }
        }
        let impact = Report.time("impact of an OLT") { network.impact(of: MadeNetwork.olt) }
        Report.line("", impact.short, "\(impact.nodes.count) nodes")
        kept = network
        _ = kept
    }
}
