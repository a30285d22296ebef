/// The register of the panel: firms, advocates and certified agents as of a day, and what expires
/// when.
package struct EmpanelmentRegister: Sendable {
  /// `show empanelment`.
  package static let name = "empanelment"
  private let house: House
  private let asOf: Day
  private let within: Int

  private struct Line {
    var rank: Int
    var kind: String
    var id: String
    var certificate = "", employer = ""
    var standing: String
    var since: Day
    var until: Day?
    var alert = ""
    var reason = ""
    var empanelled: Agency.Row?
  }

  /// The register of a house at the end of a day; what ends within so many days after it is said to
  /// expire soon.
  package init(_ house: House, asOf: Day, within: Int) {
    (self.house, self.asOf, self.within) = (house, asOf, within)
  }

  /// Kinds of firms in the order of their list, agents after them; inside a kind what ends first.
  package var sheet: Sheet {
    var table = Sheet(
      title: "Empanelment: firms, advocates and certified agents",
      columns: [
        .init("kind"), .init("id"), .init("certificate"), .init("employer"), .init("standing"),
        .init("since", .day), .init("until", .day), .init("days_left", .integer), .init("alert"),
        .init("reason"), .init("territory"), .init("bar_no"), .init("courts"),
        .init("commission_bp", .integer),
      ])
    table.keys = 4
    let lines = (firms + agents).sorted {
      ($0.rank, $0.until ?? .undated, $0.id, $0.certificate, $0.employer)
        < ($1.rank, $1.until ?? .undated, $1.id, $1.certificate, $1.employer)
    }
    for line in lines {
      let firm = line.empanelled
      let commission = firm?.commission ?? -1
      table.rows.append([
        .text(line.kind), .text(line.id), .text(line.certificate), .text(line.employer),
        .text(line.standing), .day(line.since), line.until.map { .day($0) } ?? .none,
        line.until.map { .integer(Int64($0 - asOf)) } ?? .none, .text(line.alert),
        .text(line.reason), text(firm?.territory), text(firm?.bar), text(firm?.courts),
        commission < 0 ? .none : .integer(commission),
      ])
    }
    func count(_ standing: String...) -> Int {
      lines.filter { standing.contains($0.standing) }.count
    }
    let soon = lines.filter { $0.alert == "expires_soon" }.count
    table.notes.append(
      "\(count("active", "valid")) may act, \(soon) of them only until within \(within) days; "
        + "\(count("suspended")) suspended, \(count("ended", "expired")) expired, "
        + "\(count("removed")) removed for good.")
    return table
  }

  private func text(_ key: TextKey?) -> Sheet.Cell {
    .text(key.flatMap { house.name($0) } ?? "")
  }

  private func isSoon(_ until: Day?) -> Bool {
    until.map { asOf <= $0 && $0 - asOf <= within } ?? false
  }

  private var firms: [Line] {
    let kinds = Register.codes["agency_kind"]?.codes.map(\.code) ?? []
    return house.agencies.keys.compactMap { key in
      guard let seat = house.seat(of: key, on: asOf) else { return nil }
      let kind = house.name(seat.empanelled.code) ?? ""
      var line = Line(
        rank: kinds.firstIndex(of: kind) ?? kinds.count, kind: kind, id: house.name(key) ?? "",
        standing: seat.standing.rawValue, since: seat.since, until: seat.until)
      line.empanelled = seat.empanelled
      switch seat.standing {
      case .active: line.alert = isSoon(seat.until) ? "expires_soon" : ""
      case .ended: line.alert = "expired"
      default: line.reason = seat.stop.flatMap { house.name($0.code) } ?? ""
      }
      return line
    }
  }

  // Of each person, certificate and employer the certificate that is good longest.
  private var agents: [Line] {
    house.certificates.keys.flatMap { person in
      var best: [Agent.Row] = []
      for row in house.certificates[person] where house.stands(row.seq) && row.from <= asOf.rawValue
      {
        let same = best.firstIndex {
          $0.certificate == row.certificate && $0.agency == row.agency
        }
        if let same, best[same].to >= row.to { continue }
        if let same { best[same] = row } else { best.append(row) }
      }
      return best.map { row in
        let until = row.to == .max ? nil : Day(rawValue: row.to)
        let isValid = asOf.rawValue <= row.to
        var line = Line(
          rank: .max, kind: "agent", id: house.name(person) ?? "",
          certificate: house.name(row.certificate) ?? "", employer: house.name(row.agency) ?? "",
          standing: isValid ? "valid" : "expired", since: Day(rawValue: row.from), until: until)
        line.alert = !isValid ? "expired" : isSoon(until) ? "expires_soon" : ""
        let employer = house.agency(row.agency, on: asOf).standing
        if row.agency != .none, employer != .active {
          line.reason = "employer \(employer.rawValue)"
        }
        return line
      }
    }
  }
}
