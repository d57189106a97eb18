"""What the privacy officer keeps in writing: processing, assessments, processors, breaches."""
