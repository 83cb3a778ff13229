extension Life {
    /// When a device was out of reach since a tick, oldest first, with touching times as one.
    func outages(of index: Int, since first: Int, until tick: Int) -> [Episode] {
        var found: Set<Episode> = []
        // Cuts and stumbles are told only near their time.
        for moment in stride(from: first, through: tick, by: 900) {
            found.formUnion(outages(of: index, near: moment))
        }
        found.formUnion(outages(of: index, near: tick))
        return Episode.merged(found.filter { $0.start <= tick && $0.end > first })
    }
}
