// Starts the scripts of the MoJ components that the desk uses. Loaded after govuk.js.
import { createAll } from 'govuk-frontend'
import { ButtonMenu } from '@ministryofjustice/frontend/moj/components/button-menu/button-menu.mjs'
import { FilterToggleButton } from '@ministryofjustice/frontend/moj/components/filter-toggle-button/filter-toggle-button.mjs'
import { SortableTable } from '@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.mjs'

for (const Component of [ButtonMenu, FilterToggleButton, SortableTable]) createAll(Component)
