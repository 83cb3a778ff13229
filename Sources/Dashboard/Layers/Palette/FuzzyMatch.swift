/// Finds the letters of a text in order in another; the closer together and the nearer to the start of words, the
/// better.
enum FuzzyMatch {
    static func find(_ text: String, in title: String) -> (score: Int, places: [Int])? {
        let wanted = Array(text.lowercased().filter { $0 != " " })
        guard !wanted.isEmpty else { return (0, []) }
        let letters = Array(title.lowercased())
        var best: (score: Int, places: [Int])?
        for start in letters.indices where letters[start] == wanted[0] {
            var places = [start]
            var place = start + 1
            while places.count < wanted.count, place < letters.count {
                if letters[place] == wanted[places.count] { places.append(place) }
                place += 1
            }
            guard places.count == wanted.count else { continue }
            let isWordStart = { (place: Int) in
                place == 0 || letters[place - 1] == " " || letters[place - 1] == "-"
            }
            let starts = places.count(where: isWordStart)
            let runs = zip(places, places.dropFirst()).count { $1 == $0 + 1 }
            let score = 8 * starts + 4 * runs - (places.last.map { $0 - start } ?? 0) - start / 4
            if score > best?.score ?? .min { best = (score, places) }
        }
        return best
    }
}
