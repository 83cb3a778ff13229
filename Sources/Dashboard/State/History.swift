import Domain

/// Where the operator is, and the places that they were at, as a browser keeps them.
struct History: Sendable, Equatable {
    /// Where the operator is.
    private(set) var place: Place
    private var places: [Place] = []
    private var index = -1

    init(_ place: Place) { self.place = place }

    /// Whether there is a place before this one.
    var hasEarlier: Bool { index > 0 }

    /// Whether the operator went back from somewhere.
    var hasLater: Bool { index + 1 < places.count }

    /// The place before this one.
    var earlier: Place? { places.indices.contains(index - 1) ? places[index - 1] : nil }

    /// Stands somewhere else, and remembers that instead of where the operator stood.
    mutating func replace(_ place: Place) {
        self.place = place
        if places.indices.contains(index) { places[index] = place }
    }

    /// Goes to a place and remembers it, and the first one that was left.
    mutating func go(to place: Place) {
        if index < 0 { remember(self.place) }
        self.place = place
        remember(place)
    }

    /// Goes so many places on; false where there is none.
    mutating func move(_ step: Int) -> Bool {
        guard places.indices.contains(index + step) else { return false }
        index += step
        place = places[index]
        return true
    }

    /// Stands somewhere else, because the pane is not there any more.
    mutating func replacePane(_ name: PaneName) { place.pane = name }

    private mutating func remember(_ place: Place) {
        if index >= 0, places[index] == place { return }
        places = Array(places.prefix(index + 1).suffix(99)) + [place]
        index = places.count - 1
    }
}
