import Canvas
@testable import Dashboard
import Domain

extension Desk {
    /// A desk of a team, where every server has answered everything and claims are known.
    static func inTeam(_ claims: [Claim] = [], size: Size = Size(120, 30), isReadOnly: Bool = false) -> Desk {
        var desk = Desk.ready(size: size, isReadOnly: isReadOnly)
        desk.state.claims = Claims(isKept: true)
        desk.send(.teamed(.joined))
        desk.send(.claimed(ClaimBook(claims: claims)))
        return desk
    }

    /// A claim on a row; the seconds are its age, and what is left of it.
    static func claim(
        _ id: String, _ row: EntityRef, by owner: String = "ben", note: String = "splicer on site",
        age: Double = 300, left: Double? = 3_300, isMine: Bool = false, isShared: Bool = true
    ) -> Claim {
        Claim(
            id: id, entity: row, name: "row", owner: owner, host: isMine ? "noc1" : "noc2", note: note,
            madeAt: World.start + -age, endsAt: left.map { World.start + $0 }, isMine: isMine,
            isShared: isShared)
    }
}
