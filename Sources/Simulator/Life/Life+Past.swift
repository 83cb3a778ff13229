extension Life {
    /// When a device was out of reach since a tick, oldest first, with touching times as one.
    func outages(of index: Int, since first: Int, until tick: Int) -> [Episode] {
        var found: Set<Episode> = []
        // Cuts and stumbles are told only near their time.
        for moment in stride(from: first, through: tick, by: 900) {
            found.formUnion(outages(of: index, near: moment))
        }
        found.formUnion(outages(of: index, near: tick))
        var merged: [Episode] = []
        let past = found.filter { $0.start <= tick && $0.end > first }.sorted {
            ($0.start, $0.end) < ($1.start, $1.end)
        }
        for episode in past {
            if let last = merged.last, episode.start <= last.end {
                merged[merged.count - 1] = Episode(start: last.start, end: max(last.end, episode.end))
            } else {
                merged.append(episode)
            }
        }
        return merged
    }
}
