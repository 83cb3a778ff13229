/// The word that was probably meant where another was written.
public enum Nearest {
    /// The closest of some words, when it is close enough to be a slip; nil else.
    public static func match(_ word: String, among words: some Sequence<String>) -> String? {
        // Longer than any word that is known: the comparison would take its length many times.
        guard word.utf8.count <= 64 else { return nil }
        let given = Array(word.lowercased())
        let bound = max(1, given.count / 3)
        let distances = words.map { (word: $0, distance: distance(given, Array($0.lowercased()))) }
        return distances.filter { $0.distance <= bound }.min { $0.distance < $1.distance }?.word
    }

    /// `; did you mean "…"?`, or nothing.
    public static func hint(_ word: String, among words: some Sequence<String>) -> String {
        match(word, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// The word that was probably meant, and all there are: `; did you mean "alerts"? There are: alerts, devices`.
    public static func choices(_ word: String, among words: [String]) -> String {
        let hint = hint(word, among: words)
        return "\(hint.isEmpty ? "; there" : hint + " There") are: \(words.joined(separator: ", "))"
    }

    /// How many letters to add, drop, change or swap with the next one.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for (i, letter) in a.enumerated() {
            var row = [i + 1]
            for (j, other) in b.enumerated() {
                var cost = min(rows[i][j] + (letter == other ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, letter == b[j - 1], a[i - 1] == other {
                    cost = min(cost, rows[i - 1][j - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
